import path from 'node:path'
import { type FileLine, isJsonObject, type Json, type JsonObject, type ReadOptions } from '../../model/index.js'
import { lineOfNode } from '../yaml.js'
import { conditionOf } from './conditions.js'
import { expandLoops } from './for-each.js'
import { withGlobals } from './globals.js'
import type { LoadedTemplate } from './index.js'
import { type Parameter, parametersOf } from './parameters.js'
import { Resolver } from './resolver.js'
import { entriesOf, objectOf, own, textOf } from './values.js'
import type { World } from './world.js'

/** One resource that the conditions let exist. */
export interface Resource {
  readonly id: string
  readonly type: string
  /** As written, Globals merged; intrinsics not resolved. */
  readonly properties: JsonObject
  /** The whole entry: Metadata, Connectors, DependsOn. */
  readonly entry: JsonObject
  readonly at: FileLine
  /** Why it may not exist: a condition that cannot be decided. */
  readonly doubt: string | null
}

/** One template with the values of its parameters: what CloudFormation calls a stack. */
export class Stack {
  readonly world: World
  readonly prefix: string
  readonly name: string
  readonly file: string
  readonly options: ReadOptions
  readonly codeOf: LoadedTemplate['codeOf']
  readonly sections: JsonObject
  readonly parameters: ReadonlyMap<string, Parameter>
  readonly conditions = new Map<string, boolean | undefined>()
  readonly names = new Map<string, string>()
  /** null: being opened, or it could not be. */
  readonly children = new Map<string, Stack | null>()
  /** Files of this template and those it is nested in. */
  readonly ancestry: readonly string[]
  readonly resources = new Map<string, Resource>()
  readonly #byType = new Map<string, Resource[]>()

  constructor(world: World, template: LoadedTemplate, given: StackGiven) {
    this.world = world
    this.prefix = given.prefix
    this.file = template.file
    this.name = given.name
    this.ancestry = [...(given.parent?.ancestry ?? []), template.file]
    this.options = given.options
    this.codeOf = template.codeOf
    this.sections = objectOf(template.value as Json)
    this.parameters = parametersOf(this.sections, given.options.parameters)
    this.readResources()
  }

  get dir(): string {
    return path.dirname(this.file)
  }

  /** A resolver that appends what it cannot resolve to `notes`. */
  resolver(notes: string[] = []): Resolver {
    return new Resolver(this, notes)
  }

  /** The resolved value, without saying what could not be resolved. */
  resolve(value: Json | undefined): Json | undefined {
    return this.resolver().value(value)
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    return types.flatMap((type) => this.#byType.get(type) ?? [])
  }

  /** Where a part of the template stands: its own line, else that of the part around it. */
  place(node: unknown, around?: FileLine): FileLine {
    return { file: this.file, line: lineOfNode(node) ?? around?.line ?? 1 }
  }

  problem(line: number | null, text: string): void {
    this.world.problems.push({ file: this.file, line, text })
  }

  /** Name of what its template gives none: its logical id, which is unique only in its own stack. */
  standardName(id: string): string {
    return this.prefix.replaceAll('/', '-') + id
  }

  private readResources(): void {
    const section = own(this.sections, 'Resources')
    if (section !== undefined && !isJsonObject(section))
      this.problem(1, 'Resources must be a mapping of resources: there is nothing to read in it')
    for (const [id, entry] of entriesOf(expandLoops(this, section))) {
      const resource = this.resource(id, entry)
      if (resource === undefined) continue
      this.resources.set(id, resource)
      const others = this.#byType.get(resource.type)
      if (others === undefined) this.#byType.set(resource.type, [resource])
      else others.push(resource)
    }
  }

  private resource(id: string, entry: Json): Resource | undefined {
    if (!isJsonObject(entry)) return undefined
    const type = textOf(own(entry, 'Type'))
    const condition = textOf(own(entry, 'Condition'))
    const exists = condition === undefined ? true : conditionOf(this, condition)
    if (type === undefined || exists === false) return undefined
    const properties = withGlobals(this.sections, type, objectOf(own(entry, 'Properties')))
    const doubt = exists === undefined ? `Condition ${condition} cannot be decided: it may not exist` : null
    return { id, type, properties, entry, at: this.place(entry), doubt }
  }
}

/** What a stack is given from outside. */
export interface StackGiven {
  /** `Nested/` for a nested stack, else empty. */
  readonly prefix: string
  readonly name: string
  readonly options: ReadOptions
  readonly parent?: Stack
}
