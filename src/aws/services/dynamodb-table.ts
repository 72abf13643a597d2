import type { Tables } from '../../model/index.js'
import type { Store } from '../store.js'
import type { Schema } from './dynamodb-schema.js'
import { canonical, type Item, itemSize } from './dynamodb-value.js'

const SCHEMAS = 'dynamodb-schemas'

/** Items of one table. Its key attributes are known from a template, or learnt from the keys that are asked for: a put alone does not tell them. */
export class Table {
  readonly name: string
  readonly #store: Store
  readonly #shelf: string

  constructor(store: Store, nameOrArn: string) {
    this.name = tableName(nameOrArn)
    this.#store = store
    this.#shelf = `dynamodb:${this.name}`
  }

  get schema(): Schema | undefined {
    return this.#store.get<Schema>(SCHEMAS, this.name)
  }

  items(): Item[] {
    return this.#store.entries<Item>(this.#shelf).map(([, item]) => item)
  }

  get(key: Item): Item | undefined {
    return this.#at(this.#learn(Object.keys(key)), key)
  }

  /** The item that a put of `item` would replace; `hinted` are attributes that a condition on the put treats as its key. */
  replacedBy(item: Item, hinted: readonly string[]): Item | undefined {
    const names = this.#keysOr(hinted)
    return names === undefined ? undefined : this.#at(names, item)
  }

  put(item: Item, hinted: readonly string[] = []): void {
    this.#store.put(this.#shelf, entryKey(this.#keysOr(hinted), item), item, itemSize(item) * 2)
  }

  delete(key: Item): void {
    this.#store.remove(this.#shelf, entryKey(this.#learn(Object.keys(key)), key))
  }

  /** The attributes that tell this item from all others; the whole item while the table's key is unknown. */
  keyOf(item: Item): Item {
    const keys = this.schema?.keys
    return keys === undefined ? item : pick(item, keys)
  }

  #at(names: readonly string[], key: Item): Item | undefined {
    return this.#store.get<Item>(this.#shelf, entryKey(names, key))
  }

  #keysOr(hinted: readonly string[]): readonly string[] | undefined {
    return this.schema?.keys ?? (hinted.length > 0 ? this.#learn(hinted) : undefined)
  }

  /** The first key that is asked for settles the table's key; items put before are filed under it, the last one winning. */
  #learn(keys: readonly string[]): readonly string[] {
    const known = this.schema?.keys
    if (known !== undefined) return known
    const items = this.#store.entries<Item>(this.#shelf)
    for (const [old] of items) this.#store.remove(this.#shelf, old)
    for (const [, item] of items) this.#store.put(this.#shelf, entryKey(keys, item), item, itemSize(item) * 2)
    this.#store.put(SCHEMAS, this.name, { keys, types: {}, indexes: {}, known: 'learnt' } satisfies Schema, this.name.length)
    return keys
  }
}

/** Tables that the project's templates make. */
export function knowTables(store: Store, tables: Tables): void {
  for (const [name, table] of Object.entries(tables)) {
    const schema: Schema = isKeys(table) ? { keys: table, types: {}, indexes: {}, known: 'keys' } : { ...table, known: 'all' }
    store.put(SCHEMAS, name, schema, name.length)
  }
}

const isKeys = (table: Tables[string]): table is readonly string[] => Array.isArray(table)

/** Names of the tables that the project makes, sorted. */
export const knownTables = (store: Store): string[] =>
  store
    .entries<Schema>(SCHEMAS)
    .flatMap(([name, { known }]) => (known === 'learnt' ? [] : [name]))
    .sort()

/** The name of a table that is given by name or ARN. */
export const tableName = (nameOrArn: string): string => /^arn:[^/]{1,200}\/([^/]+)/.exec(nameOrArn)?.[1] ?? nameOrArn

/** Key attributes as text; the whole item while the table's key is unknown. */
const entryKey = (names: readonly string[] | undefined, item: Item): string =>
  canonical(names === undefined ? item : pick(item, names))

/** These attributes of an item, where it has them. */
export const pick = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.filter((name) => Object.hasOwn(item, name)).map((name) => [name, item[name]!]))
