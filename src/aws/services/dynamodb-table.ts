import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { Store } from '../store.js'
import { canonical, type Item } from './dynamodb-path.js'

/** Items of one table. Its key attributes are learnt from the keys that are asked for: a put alone does not tell them. */
export class Table {
  readonly #store: Store
  readonly #shelf: string

  constructor(store: Store, name: string) {
    this.#store = store
    this.#shelf = `dynamodb:${name}`
  }

  items(): Item[] {
    return this.#store.entries<Item>(this.#shelf).map(([, item]) => item)
  }

  get(key: Item): Item | undefined {
    this.#learn(Object.keys(key))
    return this.#entry(key)?.[1]
  }

  /** The item that a put of `item` would replace; `hinted` are attributes that a condition on the put treats as its key. */
  replacedBy(item: Item, hinted: readonly string[]): Item | undefined {
    const names = this.#keyNames() ?? (hinted.length > 0 ? hinted : undefined)
    return names === undefined ? undefined : this.#entry(pick(item, names))?.[1]
  }

  put(item: Item, hinted: readonly string[] = []): void {
    if (hinted.length > 0) this.#learn(hinted)
    const names = this.#keyNames()
    const key = names === undefined ? item : pick(item, names)
    const old = names === undefined ? undefined : this.#entry(key)?.[0]
    const text = canonical(item)
    this.#store.put(this.#shelf, old ?? text, item, text.length * 2)
  }

  delete(key: Item): void {
    this.#learn(Object.keys(key))
    const old = this.#entry(key)?.[0]
    if (old !== undefined) this.#store.remove(this.#shelf, old)
  }

  /** The last put wins when a table's key became known only after two puts of one key. */
  #entry(key: Item): [string, Item] | undefined {
    const wanted = Object.entries(key).map(([name, value]) => [name, canonical(value)] as const)
    return this.#store
      .entries<Item>(this.#shelf)
      .findLast(([, item]) => wanted.every(([name, value]) => Object.hasOwn(item, name) && canonical(item[name]) === value))
  }

  #keyNames(): readonly string[] | undefined {
    return this.#store.get<readonly string[]>('dynamodb-keys', this.#shelf)
  }

  #learn(names: readonly string[]): void {
    if (this.#keyNames() === undefined) this.#store.put('dynamodb-keys', this.#shelf, names, this.#shelf.length)
  }
}

const pick = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.filter((name) => Object.hasOwn(item, name)).map((name) => [name, item[name]!]))

/** What is wrong with an item or key, in DynamoDB's words; undefined when it is one. */
export function itemProblem(value: Json | undefined, what: 'Key' | 'Item'): { code: string; message: string } | undefined {
  if (value === undefined)
    return invalid(
      `1 validation error detected: Value null at '${what.toLowerCase()}' failed to satisfy constraint: Member must not be null`,
    )
  if (!isJsonObject(value)) return { code: 'SerializationException', message: 'Unexpected value type in payload' }
  for (const [name, attribute] of Object.entries(value)) {
    const problem = isJsonObject(attribute)
      ? attributeProblem(attribute)
      : { code: 'SerializationException', message: 'Unexpected value type in payload' }
    if (problem !== undefined) return problem
    if (what === 'Key' && isJsonObject(attribute) && attribute.S === '')
      return invalid(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
      )
  }
  return undefined
}

function attributeProblem(attribute: JsonObject): { code: string; message: string } | undefined {
  const [type, ...more] = Object.keys(attribute)
  if (type === undefined || more.length > 0)
    return invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes')
  const value = attribute[type]
  const text = ['S', 'N', 'B'].includes(type)
  if (text && typeof value !== 'string')
    return { code: 'SerializationException', message: `${jsonType(value)} cannot be converted to String` }
  if (type === 'N' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(String(value)))
    return invalid(`The parameter cannot be converted to a numeric value: ${String(value).slice(0, 200)}`)
  return undefined
}

const invalid = (message: string): { code: string; message: string } => ({ code: 'ValidationException', message })

function jsonType(value: unknown): string {
  if (value === null) return 'NULL_VALUE'
  if (Array.isArray(value)) return 'START_ARRAY'
  return typeof value === 'object'
    ? 'START_OBJECT'
    : `${typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : 'NUMBER'}_VALUE`
}
