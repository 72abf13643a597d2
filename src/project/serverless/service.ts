import path from 'node:path'
import { type FileLine, isJsonObject, type Json, type JsonObject, type ReadOptions } from '../../model/index.js'
import type { CompiledTemplate } from '../compiled-template.js'
import { below, fileLineOf, type Key, type Place, type SourceFiles } from './source-file.js'
import { type Outcome, type Resolved, Variables } from './variables.js'

/** A function as it stands in the service, its variables replaced. */
export interface ServiceFunction {
  readonly key: string
  readonly properties: JsonObject
  readonly at: FileLine
  readonly unresolved: string[]
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: serverless's own word.
const STAGE = '${sls:stage}'

/** A serverless.yml, opened: its parts are read when they are asked for. */
export class Service {
  readonly variables: Variables
  readonly main: Place
  readonly files: SourceFiles

  private constructor(variables: Variables, main: Place, files: SourceFiles) {
    this.variables = variables
    this.main = main
    this.files = files
  }

  /** Undefined where the file holds no service; why is then a problem of `files`. */
  static open(file: string, files: SourceFiles, { parameters }: ReadOptions): Service | undefined {
    const loaded = files.load(path.dirname(file), path.basename(file))
    if (!('why' in loaded) && isJsonObject(loaded.source.value)) {
      const main: Place = { source: loaded.source, path: [] }
      return new Service(new Variables({ parameters, files, main }), main, files)
    }
    if (files.problems.length === 0)
      files.problems.push({ file, line: null, text: 'why' in loaded ? loaded.why : 'it is no mapping' })
    return undefined
  }

  get directory(): string {
    return path.dirname(this.main.source.file)
  }

  /** A part of the service without variables; null where there is none. */
  part(...keys: readonly Key[]): Resolved {
    const found = this.raw(...keys)
    if (found === undefined || 'why' in found)
      return { value: null, unresolved: found === undefined ? [] : [`${keys.join('.')} ${found.why}`] }
    return this.variables.all(found.value, found.place)
  }

  /** A part whose inside still has its variables. */
  raw(...keys: readonly Key[]): Outcome {
    return this.variables.at(this.main, keys)
  }

  text(...keys: readonly Key[]): string | undefined {
    const { value } = this.part(...keys)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  }

  /** Undefined where a variable in it has no value. */
  get name(): string | undefined {
    return this.text('service', 'name') ?? this.text('service')
  }

  /** For what is named after the service. */
  get prefix(): string {
    return `${this.name ?? 'service'}-${this.stage}`
  }

  get stage(): string {
    const { value } = this.variables.all(STAGE, below(this.main, '(stage)'))
    return typeof value === 'string' ? value : 'dev'
  }

  /** `provider: aws` and `provider: { name: aws }` are the same. */
  get cloud(): string | undefined {
    return this.text('provider', 'name') ?? this.text('provider')
  }

  /** Where a value stands that a part holds. */
  at(value: Json | undefined, otherwise: FileLine = fileLineOf(this.main)): FileLine {
    const place = this.variables.placeOf(value)
    return place === undefined ? otherwise : fileLineOf(place)
  }

  problem(at: FileLine, text: string): void {
    this.files.problems.push({ ...at, text })
  }
}

/** Logical id of a function, as serverless makes it. */
export const logicalIdOf = (key: string): string =>
  `${capital(key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore'))}LambdaFunction`

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** Letters and digits alone, as logical ids have them. */
export const plainId = (text: string): string =>
  capital(text.replaceAll(/[^a-zA-Z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase()))

export const arnOf = (id: string): JsonObject => ({ 'Fn::GetAtt': [id, 'Arn'] })

/** What becomes of one event of a function. */
export interface LambdaEvent {
  readonly service: Service
  readonly template: CompiledTemplate
  readonly functionKey: string
  /** Logical id of the function. */
  readonly id: string
  /** `http`, `sqs`, ... */
  readonly type: string
  readonly value: Json
  readonly at: FileLine
  /** Keys of all functions of the service. */
  readonly functionKeys: ReadonlySet<string>
  readonly note: (text: string) => void
}

/** Adds a resource of one event; its id says whose it is. */
export function addFor(event: LambdaEvent, type: string, properties: JsonObject): string {
  const id = event.template.free(`${capital(event.id)}${plainId(type.split('::').at(-1)!)}`)
  return event.template.add(id, { Type: type, Properties: properties }, event.at, { hidden: true })
}

/** A function as others name it (by key, logical id or ARN), as a template names it. */
export function functionArn(named: Json | undefined, functionKeys: ReadonlySet<string>): Json | null {
  if (typeof named !== 'string') return named ?? null
  return functionKeys.has(named) ? arnOf(logicalIdOf(named)) : named
}
