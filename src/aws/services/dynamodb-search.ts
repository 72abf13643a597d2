import type { JsonObject } from '../../model/index.js'
import { invalid } from './dynamodb-error.js'
import { holds } from './dynamodb-evaluate.js'
import { checkKeyParts, type KeyPart, keyParts } from './dynamodb-key-condition.js'
import { checkWalk, hashOf, pageOf, placeOf } from './dynamodb-page.js'
import { checkParams, type Expressions, expressionsOf } from './dynamodb-request.js'
import { pick, Table } from './dynamodb-table.js'
import type { Item } from './dynamodb-value.js'
import type { Answer, Ask } from './service.js'

/** Items of one partition, in the order of their sort key. */
export function query({ params, store }: Ask): Answer {
  checkParams(params, ['TableName'])
  checkSelect(params)
  const table = new Table(store, String(params.TableName))
  const expressions = expressionsOf(params)
  const { key } = expressions
  if (key === undefined)
    throw invalid('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.')
  const parts = keyParts(key)
  const { index } = placeOf(table, params)
  checkWalk(table, params)
  const keys = index?.keys ?? (params.IndexName === undefined ? table.schema?.keys : undefined)
  if (keys !== undefined && table.schema?.known !== 'learnt') checkKeyParts(parts, keys, table.schema?.types ?? {})
  checkFilter(expressions, keys, params)
  const orderBy = orderOfQuery(keys, parts)
  const candidates = table.items().filter((item) => holds(key, item) && orderBy.every((name) => Object.hasOwn(item, name)))
  return pageOf(candidates, { table, index, orderBy, forward: params.ScanIndexForward !== false, expressions, params })
}

/** The sort key; of a table that is not known, what the condition asks besides the partition key. */
function orderOfQuery(keys: readonly string[] | undefined, parts: readonly KeyPart[]): readonly string[] {
  if (keys !== undefined && parts.every(({ name }) => keys.includes(name))) return keys.slice(1)
  return parts.filter(({ operator }) => operator !== '=').map(({ name }) => name)
}

/** AWS: a filter is for attributes that the key condition cannot ask of. */
function checkFilter({ filter }: Expressions, keys: readonly string[] | undefined, params: JsonObject): void {
  if (filter === undefined || keys === undefined) return
  const name = keys.find((key) => JSON.stringify(filter).includes(`"path":[${JSON.stringify(key)}`))
  if (name === undefined) return
  const what = params.QueryFilter === undefined ? 'Filter Expression' : 'QueryFilter'
  throw invalid(`${what} can only contain non-primary key attributes: Primary key attribute: ${name}`)
}

/** All items of a table, or of one segment of it. */
export function scan({ params, store }: Ask): Answer {
  checkParams(params, ['TableName'])
  checkSegments(params)
  checkSelect(params)
  const table = new Table(store, String(params.TableName))
  const expressions = expressionsOf(params)
  const { index } = placeOf(table, params)
  checkWalk(table, params)
  const indexed = index?.keys ?? []
  const candidates = table
    .items()
    .filter((item) => indexed.every((name) => Object.hasOwn(item, name)) && isInSegment(item, table, params))
  return pageOf(candidates, { table, index, orderBy: [], forward: true, expressions, params })
}

function isInSegment(item: Item, table: Table, { Segment, TotalSegments }: JsonObject): boolean {
  if (typeof TotalSegments !== 'number' || typeof Segment !== 'number') return true
  const hash = table.schema?.keys[0]
  return hashOf(hash === undefined ? item : pick(item, [hash])).readUInt32BE(0) % TotalSegments === Segment
}

function checkSegments({ Segment, TotalSegments }: JsonObject): void {
  if (typeof TotalSegments === 'number' && TotalSegments > 1_000_000)
    throw invalid(
      `1 validation error detected: Value '${TotalSegments}' at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to 1000000`,
    )
  if (typeof Segment === 'number' && typeof TotalSegments !== 'number')
    throw invalid('The TotalSegments parameter is required but was not present in the request when Segment parameter is present')
  if (typeof TotalSegments === 'number' && typeof Segment !== 'number')
    throw invalid('The Segment parameter is required but was not present in the request when parameter TotalSegments is present')
  if (typeof Segment === 'number' && typeof TotalSegments === 'number' && Segment >= TotalSegments)
    throw invalid(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${Segment} is not less than TotalSegments: ${TotalSegments}`,
    )
}

function checkSelect({ Select, ProjectionExpression, AttributesToGet, IndexName }: JsonObject): void {
  const chosen = ProjectionExpression !== undefined || AttributesToGet !== undefined
  if (chosen && Select !== undefined && Select !== 'SPECIFIC_ATTRIBUTES')
    throw invalid(
      `Cannot specify the ${AttributesToGet === undefined ? 'ProjectionExpression' : 'AttributesToGet'} when choosing to get ${String(Select)}`,
    )
  if (Select === 'ALL_PROJECTED_ATTRIBUTES' && IndexName === undefined)
    throw invalid('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName')
}
