import type { JsonObject, ProjectPart, ReadOptions } from '../../model/index.js'

/** A CloudFormation template as it was loaded, whoever wrote it: SAM, `cdk.out/`, `.serverless/`. */
export interface LoadedTemplate {
  /** Absolute; relative paths inside it are relative to its directory. */
  readonly file: string
  readonly text: string
  readonly value: unknown
  /** Absolute directory of a function's (or layer's) code where the template itself does not say it: CDK assets. null: not known. */
  readonly codeOf?: (logicalId: string, properties: JsonObject) => string | null
}

/** Functions, resources and problems of one template and the local templates nested in it. Never throws for what it holds. */
export function readTemplate(_template: LoadedTemplate, _options: ReadOptions): ProjectPart {
  return { functions: [], resources: [], problems: [] }
}
