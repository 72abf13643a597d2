import { isJsonObject, type Json } from '../../model/index.js'
import { inside, readInside } from '../safe-path.js'
import { unknownValue } from '../unknown-value.js'
import type { Block, ModuleConfig } from './config.js'
import {
  evaluate,
  evaluateAll,
  isSpace,
  isSymbolic,
  MORE,
  type Names,
  plain,
  type Space,
  type Value,
  withNames,
} from './evaluate.js'
import { Group, Instance } from './instance.js'
import { parseTemplate } from './syntax.js'
import { ExpressionError } from './tokens.js'
import type { World } from './world.js'

const MOST_INSTANCES = 200
const DEEPEST = 12

/** Something with named members, each looked up when it is asked for. */
export const space = (get: (key: string) => Value, value: Json = unknownValue('a whole block is used as a value')): Space => ({
  isSpace: true,
  get: (key) => get(String(key)),
  value,
})

/** One use of a module: its variables have values, and its blocks become instances. */
export class Scope {
  readonly world: World
  readonly config: ModuleConfig
  /** `module.orders.` or empty. */
  readonly prefix: string
  readonly names: Names
  private readonly inputs: (name: string) => Value | undefined
  private readonly depth: number
  private readonly known = new Map<string, Value>()
  private readonly groups = new Map<Block, Group>()
  /** Blocks whose instances are being counted. */
  private readonly counting = new Set<Block>()
  private readonly children = new Map<Block, ReadonlyMap<string | number | null, Scope>>()

  constructor(world: World, config: ModuleConfig, prefix: string, inputs: (name: string) => Value | undefined, depth = 0) {
    this.world = world
    this.config = config
    this.prefix = prefix
    this.inputs = inputs
    this.depth = depth
    this.names = { find: (name) => this.find(name), readFile: (relative) => this.readFile(relative), step: world.step }
  }

  /** All instances of resources and data sources, here and in the modules that are called. */
  *instances(): Generator<Instance> {
    const groups = new Set<Group>()
    for (const block of this.config.blocks) {
      if (block.kind === 'module') for (const child of this.called(block).values()) yield* child.instances()
      else groups.add(this.group(block))
    }
    for (const group of groups) yield* group.instances
  }

  /** Module blocks whose module we have not got. */
  *unread(): Generator<Block> {
    for (const block of this.config.blocks.filter(({ kind }) => kind === 'module')) {
      const children = this.called(block)
      if (children.size === 0 && this.world.configs.called(block) === undefined) yield block
      for (const child of children.values()) yield* child.unread()
    }
  }

  private find(name: string): Value | undefined {
    if (name === 'var') return space((key) => this.variable(key))
    if (name === 'local') return space((key) => this.local(key))
    if (name === 'module') return space((key) => this.module(key))
    if (name === 'data') return space((type) => space((key) => this.resource('data', type, key)))
    if (name === 'path') return space((key) => (key === 'module' ? this.config.directory : this.world.directory))
    if (name === 'terraform')
      return space((key) => (key === 'workspace' ? 'default' : unknownValue(`terraform.${key} is not known`)))
    return name.includes('_') ? space((key) => this.resource('resource', name, key)) : undefined
  }

  /** A value that is made once; one that needs itself has none. */
  private once(id: string, make: () => Value): Value {
    const known = this.known.get(id)
    if (known !== undefined) return known
    this.known.set(id, unknownValue(`${this.prefix}${id} leads back to itself`))
    const value = make()
    this.known.set(id, value)
    return value
  }

  private variable(name: string): Value {
    return this.once(`var.${name}`, () => {
      const given = this.inputs(name)
      if (given !== undefined && given !== null) return given
      const standard = this.config.variables.get(name)
      return standard === undefined ? unknownValue(`var.${name} has no value`) : standard
    })
  }

  private local(name: string): Value {
    const raw = this.config.locals.get(name)
    return this.once(`local.${name}`, () =>
      raw === undefined ? unknownValue(`local.${name} is not there`) : valueOrSpace(raw, this.names),
    )
  }

  private resource(kind: 'resource' | 'data', type: string, name: string): Value {
    const block = this.config.blocks.find((each) => each.kind === kind && each.type === type && each.name === name)
    const address = `${kind === 'data' ? 'data.' : ''}${type}.${name}`
    if (block === undefined) return unknownValue(`${address} is not there`)
    // How many there are of it depends on itself: asking again would never end.
    return this.counting.has(block) ? unknownValue(`${address} leads back to itself`) : this.group(block)
  }

  private group(block: Block): Group {
    const known = this.groups.get(block)
    if (known !== undefined) return known
    const { kind, type, name } = block
    const address = `${this.prefix}${kind === 'data' ? 'data.' : ''}${type}.${name}`
    const siblings =
      block.key === undefined
        ? [block]
        : this.config.blocks.filter((each) => each.kind === kind && each.type === type && each.name === name)
    for (const each of siblings) this.counting.add(each)
    const instances = siblings.flatMap((each) =>
      this.keysOf(each).map(([key, names, doubt]) => {
        const index = key === null ? '' : `[${JSON.stringify(key)}]`
        return new Instance({ block: each, address: address + index, key, names, doubt, scope: this })
      }),
    )
    const group = new Group(address, instances)
    for (const each of siblings) {
      this.groups.set(each, group)
      this.counting.delete(each)
    }
    return group
  }

  /** The keys that `count` and `for_each` give, with what `count` and `each` mean there. */
  private keysOf({ body, key: only }: Block): readonly (readonly [string | number | null, Names, string | null])[] {
    if (only !== undefined) return [[only, this.names, null]]
    if (body['count'] !== undefined) {
      const count = plain(evaluateAll(body['count'], this.names))
      const one = withNames(this.names, new Map([['count', space(() => 0)]]))
      if (isSymbolic(count) || !Number.isFinite(Number(count))) return [[null, one, 'count is not known']]
      return Array.from({ length: Math.min(Number(count), MOST_INSTANCES) }, (_, index) => [
        index,
        withNames(this.names, new Map([['count', space(() => index)]])),
        null,
      ])
    }
    if (body['for_each'] === undefined) return [[null, this.names, null]]
    const elements = eachOf(valueOrSpace(body['for_each'], this.names))
    const each = (key: Json, value: Value) =>
      withNames(
        this.names,
        new Map([['each', space((name) => (name === 'key' ? key : name === 'value' ? value : unknownValue(`each.${name}`)))]]),
      )
    const unknown = unknownValue('for_each is not known')
    if (elements === undefined) return [[null, each(unknown, unknown), 'for_each is not known']]
    return elements.slice(0, MOST_INSTANCES).map(([key, value]) => [key, each(key, value), null])
  }

  private module(name: string): Value {
    const blocks = this.config.blocks.filter((each) => each.kind === 'module' && each.name === name)
    if (blocks.length === 0) return unknownValue(`module.${name} is not there`)
    const children = new Map(blocks.flatMap((block) => [...this.called(block)]))
    if (children.size === 0) return space((output) => unknownValue(`module.${name}.${output} is not in the project`))
    const outputs = (child: Scope) => space((output) => child.output(output))
    const single = children.get(null)
    if (single !== undefined) return outputs(single)
    return space((key) => {
      const child = children.get(key) ?? children.get(Number(key))
      return child === undefined ? unknownValue(`module.${name} has no ${key}`) : outputs(child)
    })
  }

  private output(name: string): Value {
    const raw = this.config.outputs.get(name)
    return this.once(`output.${name}`, () =>
      raw === undefined ? unknownValue(`output ${name} is not there`) : valueOrSpace(raw, this.names),
    )
  }

  private called(block: Block): ReadonlyMap<string | number | null, Scope> {
    const known = this.children.get(block)
    if (known !== undefined) return known
    const children = new Map<string | number | null, Scope>()
    this.children.set(block, children)
    const config = this.world.configs.called(block)
    if (config === undefined || this.depth >= DEEPEST) return children
    for (const [key, names] of this.keysOf(block)) {
      const index = key === null ? '' : `[${JSON.stringify(key)}]`
      const inputs = (name: string) => (Object.hasOwn(block.body, name) ? valueOrSpace(block.body[name]!, names) : undefined)
      children.set(key, new Scope(this.world, config, `${this.prefix}module.${block.name}${index}.`, inputs, this.depth + 1))
    }
    return children
  }

  private readFile(relative: string): string | undefined {
    const file = inside(this.world.root, this.world.directory, relative)
    if (file === undefined) return undefined
    try {
      return readInside(this.world.root, file)
    } catch {
      return undefined // The caller says that the value is not known.
    }
  }

  /** Absolute path of what a value names, if it is in the project. */
  path(value: Json): string | undefined {
    return typeof value === 'string' && value !== '' ? inside(this.world.root, this.world.directory, value) : undefined
  }
}

/** A value from a file that may be a whole resource: modules are given them. */
function valueOrSpace(raw: Json, names: Names): Value {
  if (typeof raw !== 'string' || !raw.includes('${')) return evaluateAll(raw, names)
  try {
    return evaluate(parseTemplate(raw), names)
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof RangeError) return evaluateAll(raw, names)
    throw error
  }
}

function eachOf(over: Value): readonly (readonly [string | number, Value])[] | undefined {
  if (over instanceof Group) return over.keys.map((key) => [key, over.get(key)])
  if (isSpace(over) || isSymbolic(over)) return undefined
  if (Array.isArray(over))
    return (over as readonly Json[]).map((each) => [typeof each === 'string' ? each : JSON.stringify(each), each])
  return isJsonObject(over) ? Object.entries(over).filter(([key]) => key !== MORE) : undefined
}
