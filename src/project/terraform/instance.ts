import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { unknownValue } from '../unknown-value.js'
import { computed } from './computed.js'
import { type Block, blocksOf, list } from './config.js'
import {
  attributeOf,
  evaluateAll,
  evaluateText,
  holdsUnknown,
  isSymbolic,
  type Names,
  type Space,
  type Value,
  withNames,
} from './evaluate.js'
import type { Scope } from './scope.js'

interface Origin {
  readonly block: Block
  /** `module.a.aws_lambda_function.fn["x"]` */
  readonly address: string
  readonly key: string | number | null
  readonly names: Names
  /** Why there may be more or fewer of it. */
  readonly doubt: string | null
  readonly scope: Scope
}

/** One resource that Terraform would make, or one data source that it would read. */
export class Instance implements Space {
  readonly isSpace = true
  readonly origin: Origin
  private readonly known = new Map<string, Value>()

  constructor(origin: Origin) {
    this.origin = origin
  }

  get type(): string {
    return this.origin.block.type
  }

  get address(): string {
    return this.origin.address
  }

  get value(): Json {
    return unknownValue(`${this.address} is used as a whole`)
  }

  /** Logical id in the template that we write. */
  get id(): string {
    return idOf(this.address)
  }

  /** An attribute that its block gives; null where it gives none. */
  written(name: string): Json {
    const { body } = this.origin.block
    const known = this.known.get(name)
    if (known !== undefined) return known as Json
    this.known.set(name, unknownValue(`${this.address}.${name} leads back to itself`))
    const raw = Object.hasOwn(body, name) ? body[name]! : null
    const value = evaluateAll(raw, this.origin.names)
    const dynamic = this.dynamic(name)
    const found = dynamic.length === 0 ? value : [...list(value), ...dynamic]
    this.known.set(name, found)
    return found
  }

  /** The blocks of a name, written or by `dynamic`. */
  blocks(name: string): readonly JsonObject[] {
    return blocksOf(this.written(name)).filter((each) => !isSymbolic(each))
  }

  /** The first block of a name. */
  block(name: string): JsonObject {
    return this.blocks(name)[0] ?? {}
  }

  get(key: string | number): Value {
    const name = String(key)
    if (this.origin.key === null && /^\d+$/.test(name)) return this
    const written = this.written(name)
    if (written !== null && !holdsUnknown(written)) return written
    // A name that is not known is still the name of this resource.
    const found = computed(this, name)
    if (found !== undefined) return found
    return written ?? unknownValue(`${this.address}.${name} is not known before deployment`)
  }

  /** What the data source template_file makes of its text. */
  rendered(): Value {
    const { names, block } = this.origin
    const vars = this.written('vars')
    const raw = block.body['template']
    const text = typeof raw === 'string' ? evaluateAll(raw, names) : null
    if (typeof text !== 'string' || !isJsonObject(vars)) return unknownValue(`${this.address} is not known`)
    return evaluateText(text, { ...names, find: (name) => (Object.hasOwn(vars, name) ? vars[name] : undefined) })
  }

  private dynamic(name: string): readonly Json[] {
    const { body } = this.origin.block
    return blocksOf(body['dynamic'])
      .flatMap((each) => (Object.hasOwn(each, name) ? blocksOf(each[name]) : []))
      .flatMap((dynamic) => this.repeated(name, dynamic))
  }

  private repeated(name: string, { for_each: over = null, iterator, content }: JsonObject): readonly Json[] {
    const { names } = this.origin
    const found = evaluateAll(over, names)
    if (isSymbolic(found)) return []
    const elements: readonly (readonly [Json, Json])[] = Array.isArray(found)
      ? (found as readonly Json[]).map((each, index) => [typeof each === 'string' ? each : index, each])
      : isJsonObject(found)
        ? Object.entries(found)
        : []
    const variable = typeof iterator === 'string' ? iterator.replace(/^\$\{(.*)\}$/, '$1') : name
    return elements.flatMap(([key, value]) => {
      const bound = withNames(names, new Map([[variable, { key, value } as Json]]))
      return blocksOf(content).map((each) => evaluateAll(each, bound))
    })
  }
}

/** All instances of a block: what `aws_x.y` means. Without count or for_each it is its one instance. */
export class Group implements Space {
  readonly isSpace = true
  readonly address: string
  readonly instances: readonly Instance[]

  constructor(address: string, instances: readonly Instance[]) {
    this.address = address
    this.instances = instances
  }

  get keys(): readonly (string | number)[] {
    return this.instances.map(({ origin }, index) => origin.key ?? index)
  }

  get value(): Json {
    return unknownValue(`${this.address} is used as a whole`)
  }

  get(key: string | number): Value {
    const [first] = this.instances
    if (first === undefined) return unknownValue(`${this.address} is not made`)
    if (first.origin.key === null) return first.get(key)
    const found = this.instances.find(({ origin }) => String(origin.key) === String(key))
    return found ?? (/^\d+$/.test(String(key)) ? unknownValue(`${this.address} has no ${key}`) : attributeOf(first, key))
  }
}

/** Letters and digits alone; what else was there still tells two addresses apart. */
export const idOf = (address: string): string =>
  address.replaceAll(/[^a-zA-Z0-9]/g, (sign) =>
    sign === '.' ? 'X' : sign === '_' ? 'U' : `Z${sign.codePointAt(0)!.toString(16)}`,
  )
