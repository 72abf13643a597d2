import { isJsonObject, type Json, type JsonObject, type Tables } from '../../model/index.js'
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
    return this.#at(this.#learn(Object.keys(key)), key)
  }

  /** The item that a put of `item` would replace; `hinted` are attributes that a condition on the put treats as its key. */
  replacedBy(item: Item, hinted: readonly string[]): Item | undefined {
    const names = this.#keyNames() ?? (hinted.length > 0 ? this.#learn(hinted) : undefined)
    return names === undefined ? undefined : this.#at(names, item)
  }

  put(item: Item, hinted: readonly string[] = []): void {
    const names = this.#keyNames() ?? (hinted.length > 0 ? this.#learn(hinted) : undefined)
    this.#store.put(this.#shelf, entryKey(names, item), item, canonical(item).length * 2)
  }

  delete(key: Item): void {
    this.#store.remove(this.#shelf, entryKey(this.#learn(Object.keys(key)), key))
  }

  #at(names: readonly string[], key: Item): Item | undefined {
    return this.#store.get<Item>(this.#shelf, entryKey(names, key))
  }

  #keyNames(): readonly string[] | undefined {
    return this.#store.get<readonly string[]>(KEYS, this.#shelf)
  }

  /** The first key that is asked for settles the table's key; items put before are filed under it, the last one winning. */
  #learn(names: readonly string[]): readonly string[] {
    const known = this.#keyNames()
    if (known !== undefined) return known
    const items = this.#store.entries<Item>(this.#shelf)
    for (const [old] of items) this.#store.remove(this.#shelf, old)
    for (const [, item] of items) this.#store.put(this.#shelf, entryKey(names, item), item, 0)
    this.#store.put(KEYS, this.#shelf, names, this.#shelf.length)
    return names
  }
}

const KEYS = 'dynamodb-keys'

/** Key attributes that the project's templates give: nothing has to be learnt of these tables. */
export function knowTables(store: Store, tables: Tables): void {
  for (const [name, keys] of Object.entries(tables)) store.put(KEYS, `dynamodb:${name}`, keys, name.length)
}

/** Key attributes of a table, when they are known. */
export const keysOfTable = (store: Store, name: string): readonly string[] | undefined =>
  store.get<readonly string[]>(KEYS, `dynamodb:${name}`)

/** Key attributes as text; the whole item while the table's key is unknown. */
const entryKey = (names: readonly string[] | undefined, item: Item): string =>
  canonical(names === undefined ? item : pick(item, names))

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
