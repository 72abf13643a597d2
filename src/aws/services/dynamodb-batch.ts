import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { consumedByTable, readUnits, writeUnits } from './dynamodb-capacity.js'
import { invalid, malformed } from './dynamodb-error.js'
import { project } from './dynamodb-projection.js'
import { checkParams, checkShapes, constraint, expressionsOf } from './dynamodb-request.js'
import { checkItem, checkKey } from './dynamodb-schema.js'
import { Table } from './dynamodb-table.js'
import { canonical, type Item, itemOf, itemSize } from './dynamodb-value.js'
import { type Answer, type Ask, listOf, ok } from './service.js'

// AWS: at most 100 keys to get, 25 requests to write
const MOST_KEYS = 100
const MOST_WRITES = 25

/** Items under up to 100 keys, by table; those that are not there are left out. */
export function batchGet({ params, store }: Ask): Answer {
  checkParams(params, ['RequestItems'])
  const asked = requestItems(params).map(([name, wanted]) => wantedOf(name, wanted, store))
  if (asked.reduce((count, { keys }) => count + keys.length, 0) > MOST_KEYS)
    throw invalid('Too many items requested for the BatchGetItem call')
  const units = new Map<string, number>()
  const responses = asked.map(({ name, table, keys, factor, paths }) => {
    const found = keys.map((key) => table.get(key))
    const used = found.reduce((sum, item) => sum + readUnits(item === undefined ? 0 : itemSize(item), factor), 0)
    units.set(table.name, (units.get(table.name) ?? 0) + used)
    const present = found.filter((item) => item !== undefined)
    return [name, paths === undefined ? present : present.map((item) => project(item, paths))] as const
  })
  return ok({ Responses: Object.fromEntries(responses), UnprocessedKeys: {}, ...consumedByTable(params, units) })
}

function wantedOf(name: string, wanted: Json, store: Ask['store']) {
  if (!isJsonObject(wanted)) throw malformed('Unexpected value type in payload')
  const keys = listOf(wanted.Keys).map(itemOf)
  if (keys.length === 0 || keys.length > MOST_KEYS)
    throw constraint(
      `requestItems.${name}.member.keys`,
      '[...]',
      `Member must have length ${keys.length === 0 ? `greater than or equal to 1` : `less than or equal to ${MOST_KEYS}`}`,
    )
  const { projection: paths } = expressionsOf(wanted)
  const table = new Table(store, name)
  for (const key of keys) checkKey(table.schema, key)
  checkDistinct(keys)
  return { name, table, keys, paths, factor: wanted.ConsistentRead === true ? 1 : 0.5 }
}

function checkDistinct(keys: readonly Item[]): void {
  if (new Set(keys.map(canonical)).size < keys.length) throw invalid('Provided list of item keys contains duplicates')
}

/** Up to 25 puts and deletes; all are read before the first is done. */
export function batchWrite({ params, store }: Ask): Answer {
  checkParams(params, ['RequestItems'])
  const entries = requestItems(params)
  const requests = entries.flatMap(([name, list]) => listOf(list).map((request) => ({ name, request })))
  for (const { request } of requests) checkShapes(memberOf(request))
  if (requests.length > MOST_WRITES) throw invalid('Too many items requested for the BatchWriteItem call')
  // AWS: 1 to 25 requests a table
  if (entries.length === 0 || entries.some(([, list]) => listOf(list).length === 0))
    throw constraint(
      'requestItems',
      '{...}',
      `Map value must satisfy constraint: [Member must have length less than or equal to ${MOST_WRITES}, Member must have length greater than or equal to 1]`,
    )
  const writes = requests.map(({ name, request }) => writeOf(new Table(store, name), request))
  for (const [name] of entries)
    checkDistinct(
      writes.filter(({ table }) => table === undefined || table.name === name).map(({ table, subject }) => table.keyOf(subject)),
    )
  const units = new Map<string, number>()
  for (const { put, table, subject } of writes) {
    units.set(table.name, (units.get(table.name) ?? 0) + writeUnits(put ? itemSize(subject) : 0))
    if (put) table.put(subject)
    else table.delete(subject)
  }
  return ok({ UnprocessedItems: {}, ...consumedByTable(params, units) })
}

const memberOf = (request: Json): JsonObject => {
  const member = isJsonObject(request) ? (request.PutRequest ?? request.DeleteRequest) : undefined
  return isJsonObject(member) ? member : {}
}

function writeOf(table: Table, request: Json): { put: boolean; table: Table; subject: Item } {
  if (!isJsonObject(request)) throw malformed('Unexpected value type in payload')
  const { PutRequest, DeleteRequest } = request
  if (isJsonObject(PutRequest) === isJsonObject(DeleteRequest))
    throw invalid('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes')
  if (isJsonObject(PutRequest)) {
    const subject = itemOf(PutRequest.Item)
    checkItem(table.schema, subject)
    return { put: true, table, subject }
  }
  const subject = itemOf((DeleteRequest as JsonObject).Key)
  checkKey(table.schema, subject)
  return { put: false, table, subject }
}

function requestItems({ RequestItems: items }: JsonObject): [string, Json][] {
  if (!isJsonObject(items)) throw malformed('Unexpected field type')
  const entries = Object.entries(items)
  if (entries.length > 0) return entries
  throw constraint('requestItems', '{}', 'Member must have length greater than or equal to 1')
}
