import type { Json, JsonObject } from '../../../model/index.js'
import type { CompiledTemplate } from '../../compiled-template.js'
import { holdsUnknown, isSymbolic } from '../evaluate.js'
import type { Instance } from '../instance.js'

/** What one type of resource becomes in the template. */
export type Compiler = (instance: Instance, compilation: Compilation) => void

/** The resources of a project on their way into a template. */
export class Compilation {
  readonly template: CompiledTemplate
  readonly instances: readonly Instance[]
  /** Ids of instances that only say what exists elsewhere. */
  private readonly byType = new Map<string, Instance[]>()

  constructor(template: CompiledTemplate, instances: readonly Instance[]) {
    this.template = template
    this.instances = instances
    for (const each of instances) {
      if (each.origin.block.kind !== 'resource') continue
      this.byType.set(each.type, [...(this.byType.get(each.type) ?? []), each])
    }
  }

  ofType(type: string): readonly Instance[] {
    return this.byType.get(type) ?? []
  }

  /** Adds the resource that an instance is. */
  add(instance: Instance, type: string, properties: JsonObject): void {
    const { at, kind } = { at: instance.origin.block.at, kind: instance.origin.block.kind }
    this.template.add(instance.id, resource(type, properties), at, { name: instance.address, hidden: kind === 'data' })
  }

  /** Adds one more resource that comes from an instance. */
  addPart(instance: Instance, part: string, type: string, properties: JsonObject): string {
    const id = this.template.free(`${instance.id}Y${part}`)
    return this.template.add(id, resource(type, properties), instance.origin.block.at, { name: instance.address, hidden: true })
  }
}

const resource = (type: string, properties: JsonObject): JsonObject => ({ Type: type, Properties: known(properties) })

/** Properties without those that are not given. */
export const known = (properties: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null && value !== undefined))

/** Written attributes under CloudFormation's names. */
export const copied = (instance: Instance, names: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(Object.entries(names).map(([property, attribute]) => [property, instance.written(attribute)]))

/** The name that it gets; where Terraform would make one up, or a variable has no value, that of its block. */
export function nameOf(instance: Instance, attribute = 'name'): Json {
  const prefix = instance.written(`${attribute}_prefix`)
  const written = instance.written(attribute)
  return written !== null && !holdsUnknown(written)
    ? written
    : `${typeof prefix === 'string' ? prefix : ''}${instance.origin.block.name}`
}

/** True where a value names this instance: by reference, or by the name that it was given. */
export function names(value: Json | undefined, instance: Instance, attribute = 'name'): boolean {
  if (value === undefined || value === null) return false
  const text = JSON.stringify(value)
  if (isSymbolic(value))
    return (
      text === JSON.stringify({ Ref: instance.id }) ||
      text.startsWith(JSON.stringify({ 'Fn::GetAtt': [instance.id] }).slice(0, -2))
    )
  const given = instance.written(attribute)
  return given !== null && JSON.stringify(given) === text
}
