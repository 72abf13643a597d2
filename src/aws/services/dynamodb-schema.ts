import type { TableIndex, TableSchema } from '../../model/index.js'
import { invalid } from './dynamodb-error.js'
import { type Item, itemSize, typeOf } from './dynamodb-value.js'

/**
 * What is known of a table: `all` (a template or CreateTable says keys, types and indexes), `keys` (their names only), or
 * `learnt` from the first key that was asked for, which may be wrong: nothing is refused because of it.
 */
export interface Schema extends TableSchema {
  readonly known: 'all' | 'keys' | 'learnt'
}

const WRONG = 'One or more parameter values were invalid: '
const NO_MATCH = 'The provided key element does not match the schema'
// AWS: 2,048 bytes of partition key, 1,024 of sort key, 400 KB of item
const MOST_KEY_BYTES = [2048, 1024]
const MOST_ITEM_BYTES = 400 * 1024

/** Refuses a key that cannot be one of the table. */
export function checkKey(schema: Schema | undefined, key: Item): void {
  const names = schema === undefined || schema.known === 'learnt' ? Object.keys(key) : schema.keys
  if (Object.keys(key).length !== names.length) throw invalid(NO_MATCH)
  for (const [i, name] of names.entries()) {
    const value = Object.hasOwn(key, name) ? key[name] : undefined
    const type = schema?.types[name]
    if (value === undefined || (type !== undefined && typeOf(value) !== type)) throw invalid(NO_MATCH)
    checkKeyValue(name, value, i)
  }
}

/** Refuses an item without the table's key, or whose keys are of the wrong type. */
export function checkItem(
  schema: Schema | undefined,
  item: Item,
  tooLarge = 'Item size has exceeded the maximum allowed size',
): void {
  if (itemSize(item) > MOST_ITEM_BYTES) throw invalid(tooLarge)
  if (schema === undefined || schema.known === 'learnt') return
  for (const [i, name] of schema.keys.entries()) {
    const value = Object.hasOwn(item, name) ? item[name] : undefined
    const type = schema.types[name]
    if (value === undefined) throw invalid(`${WRONG}Missing the key ${name} in the item`)
    if (type !== undefined && typeOf(value) !== type)
      throw invalid(`${WRONG}Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`)
    checkKeyValue(name, value, i)
  }
  for (const [index, { keys }] of Object.entries(schema.indexes)) for (const name of keys) checkIndexed(schema, item, index, name)
}

function checkKeyValue(name: string, value: Item[string], place: number): void {
  const inner = value.S ?? value.B
  if (inner === '')
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${value.S === undefined ? 'binary' : 'string'} value. Key: ${name}`,
    )
  const most = MOST_KEY_BYTES[place] ?? 1024
  const bytes = typeof inner === 'string' ? Buffer.byteLength(inner, value.S === undefined ? 'base64' : 'utf8') : 0
  if (bytes <= most) return
  const which = place === 0 ? 'hashkey' : 'aggregated size of all range keys'
  throw invalid(`${WRONG}${place === 0 ? 'Size of ' : ''}${which} has exceeded the size limit of ${most} bytes`)
}

function checkIndexed(schema: Schema, item: Item, index: string, name: string): void {
  const value = Object.hasOwn(item, name) ? item[name]! : undefined
  const type = schema.types[name]
  if (value === undefined) return
  if (type !== undefined && typeOf(value) !== type)
    throw invalid(`${WRONG}Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index}`)
  if (value.S === '' || value.B === '')
    throw invalid(
      `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${value.S === '' ? 'string' : 'binary'} value. IndexName: ${index}, IndexKey: ${name}`,
    )
}

/** Refuses an update of the table's own key. */
export function checkNotKey(schema: Schema | undefined, key: Item, names: readonly string[]): void {
  const keys = schema === undefined || schema.known === 'learnt' ? Object.keys(key) : schema.keys
  const wrong = names.find((name) => keys.includes(name))
  if (wrong !== undefined) throw invalid(`${WRONG}Cannot update attribute ${wrong}. This attribute is part of the key`)
}

/** The index of this name; undefined when the table's indexes are not known. Throws DynamoError when it is known to have none such. */
export function indexOf(schema: Schema | undefined, name: string): TableIndex | undefined {
  if (schema?.known !== 'all') return undefined
  if (Object.hasOwn(schema.indexes, name)) return schema.indexes[name]
  throw invalid(`The table does not have the specified index: ${name}`)
}
