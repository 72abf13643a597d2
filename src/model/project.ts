import type { JsonObject } from './json.js'
import type { NamedPolicy, Trigger } from './target.js'

/** A place in a file of the project: absolute path, lines from 1. */
export interface FileLine {
  readonly file: string
  readonly line: number
}

/**
 * One way in which a function is invoked. `kind` is a source id of design.md, section 4, where there is one (also of sources
 * that cannot be generated yet), else AWS's own word in lower case: `step-functions`, `mq`, `appsync`, `iot`, `pipes`, ...
 * `direct` means that nothing in the template invokes it.
 */
export interface ProjectTrigger {
  readonly kind: string
  readonly trigger: Trigger
  readonly at: FileLine | null
}

/** A role as the template gives it, intrinsics resolved. */
export interface ProjectRole {
  /** Logical id or name; several functions may share one. */
  readonly name: string
  readonly policies: readonly ProjectPolicy[]
  /** AWS managed policies and others whose text is not in the project, by ARN or name. */
  readonly managed: readonly string[]
  readonly at: FileLine | null
}

export interface ProjectPolicy extends NamedPolicy {
  readonly at: FileLine | null
}

/** A function as a template describes it. `null`: the template does not say, or it could not be resolved. */
export interface ProjectFunction {
  /** Logical id, serverless.yml key or resource address; `Nested/Function` in a nested stack. Unique within a project. */
  readonly id: string
  /** FunctionName, when it is given. */
  readonly name: string | null
  readonly at: FileLine
  /** Absolute directory (or file, for inline code and archives) of the code, before bundling; always inside the project. */
  readonly code: string | null
  /** `src/app.handler`, as in Lambda, relative to `code`. */
  readonly handler: string | null
  /** Entry file relative to `code`, where build metadata says it (SAM esbuild EntryPoints, CDK NodejsFunction): the source behind a bundle. */
  readonly entry: string | null
  /** Text of inline code (`ZipFile`), which has no file. */
  readonly inline: string | null
  readonly runtime: string | null
  readonly timeoutMs: number | null
  readonly memoryMb: number | null
  /** Values that could not be resolved are left out here and listed in `unresolved`. */
  readonly environment: Readonly<Record<string, string>>
  readonly triggers: readonly ProjectTrigger[]
  readonly role: ProjectRole | null
  /** Absolute directories of the layers whose code is in the project. */
  readonly layers: readonly string[]
  /** DLQ and destinations, as ARNs or names: for the report and the IAM analyser. */
  readonly destinations: readonly string[]
  /** What was not understood about this function, for people: `Parameter Stage has no default`. */
  readonly unresolved: readonly string[]
}

/** Something wrong in a file of the project; the rest of the project is still read. */
export interface ProjectProblem {
  readonly file: string
  readonly line: number | null
  readonly text: string
  /** The file could not be read at all: functions may be missing. */
  readonly unread?: true
}

/** A table, queue or bucket that the template makes: names for the AWS stub's state. */
export interface ProjectResource {
  readonly id: string
  /** CloudFormation type, such as AWS::DynamoDB::Table. */
  readonly type: string
  readonly name: string
  readonly properties: JsonObject
}

export interface ProjectPart {
  readonly functions: readonly ProjectFunction[]
  readonly resources: readonly ProjectResource[]
  readonly problems: readonly ProjectProblem[]
}

export interface ReadOptions {
  /** Absolute path; nothing outside it is read, whatever a template says. */
  readonly root: string
  /** Values for template parameters (CloudFormation parameters, `${opt:}`/`${param:}`, Terraform variables) that the user gives. */
  readonly parameters: Readonly<Record<string, string>>
  /** Texts that stand for those of files, by absolute path: what an edit would make of them. */
  readonly edited?: ReadonlyMap<string, string>
}

/** Reads one kind of template. */
export interface ProjectReader {
  readonly id: 'sam' | 'serverless' | 'cdk' | 'terraform'
  /** Of all files below the root (relative, sorted, `/`), those (or for terraform: the directories) that `read` is called with. */
  find(files: readonly string[], root: string): readonly string[]
  /** Never throws for what a template holds: that is a problem, with file and line. */
  read(entry: string, options: ReadOptions): Promise<ProjectPart>
}
