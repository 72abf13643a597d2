import { createHash } from 'node:crypto'
import type { JsonObject, TableIndex } from '../../model/index.js'
import { consumed, readUnits } from './dynamodb-capacity.js'
import { invalid } from './dynamodb-error.js'
import { holds } from './dynamodb-evaluate.js'
import { project } from './dynamodb-projection.js'
import type { Expressions } from './dynamodb-request.js'
import { indexOf } from './dynamodb-schema.js'
import { pick, type Table } from './dynamodb-table.js'
import { canonical, type Item, itemOf, itemSize, orderOf, typeOf } from './dynamodb-value.js'
import { type Answer, ok } from './service.js'

// AWS: a page is read until it has 1 MB
const MOST_PAGE_BYTES = 1024 * 1024

/** What a Query or Scan walks over. */
export interface Walk {
  readonly table: Table
  readonly index: TableIndex | undefined
  /** Attributes by which items are in order: of a query the sort key, of a scan none. */
  readonly orderBy: readonly string[]
  readonly forward: boolean
  readonly expressions: Expressions
  readonly params: JsonObject
}

/** The index that is asked for, when it is known, and all keys that a position in it needs. */
export function placeOf(
  table: Table,
  params: JsonObject,
): { index: TableIndex | undefined; keys: readonly string[] | undefined } {
  const name = params.IndexName
  const index = typeof name === 'string' ? indexOf(table.schema, name) : undefined
  const keys = table.schema?.keys
  return { index, keys: keys === undefined || index === undefined ? keys : [...new Set([...index.keys, ...keys])] }
}

/** One page of those items that are in question. The next one begins behind its last item, so that paging comes to an end. */
export function pageOf(candidates: readonly Item[], walk: Walk): Answer {
  const { params, table } = walk
  const start = startOf(walk)
  const compare = (a: Item, b: Item): number => (walk.forward ? 1 : -1) * comparePlaces(a, b, walk)
  const ordered = [...candidates].sort(compare).filter((item) => start === undefined || compare(item, start) > 0)
  const limit = typeof params.Limit === 'number' ? params.Limit : ordered.length + 1
  const scanned: Item[] = []
  let bytes = 0
  for (const item of ordered) {
    if (scanned.length >= limit || bytes > MOST_PAGE_BYTES) break
    scanned.push(item)
    bytes += itemSize(item)
  }
  const full = scanned.length >= limit || scanned.length < ordered.length
  const { filter } = walk.expressions
  const found = scanned.filter((item) => filter === undefined || holds(filter, projectedOf(item, walk)))
  return ok({
    ...(params.Select === 'COUNT' ? {} : { Items: found.map((item) => shown(item, walk)) }),
    Count: found.length,
    ScannedCount: scanned.length,
    ...(full && scanned.length > 0 ? { LastEvaluatedKey: positionOf(scanned.at(-1)!, walk) } : {}),
    ...consumed(params, table.name, readUnits(bytes, params.ConsistentRead === true ? 1 : 0.5)),
  })
}

/** Refuses what cannot be asked of an index, and a start key of another shape than a LastEvaluatedKey has. */
export function checkWalk(table: Table, params: JsonObject): void {
  const { index, keys } = placeOf(table, params)
  if (index?.global && params.ConsistentRead === true)
    throw invalid('Consistent reads are not supported on global secondary indexes')
  if (params.Select === 'ALL_ATTRIBUTES' && index?.global && index.projected !== 'ALL')
    throw invalid(
      `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${String(params.IndexName)} because its projection type is not ALL`,
    )
  const { ExclusiveStartKey: given } = params
  const schema = table.schema
  if (given === undefined || given === null || keys === undefined || schema?.known !== 'all') return
  const start = itemOf(given)
  const fits = Object.keys(start).length === keys.length && keys.every((name) => Object.hasOwn(start, name))
  if (!fits || keys.some((name) => typeOf(start[name]) !== schema.types[name]))
    throw invalid('The provided starting key is invalid')
}

function startOf({ params: { ExclusiveStartKey: start } }: Walk): Item | undefined {
  return start === undefined || start === null ? undefined : itemOf(start)
}

/** Where an item stands: by the sort key of a query, then in the order of its own key, which is as good as any. */
function comparePlaces(a: Item, b: Item, { orderBy, table }: Walk): number {
  for (const name of orderBy) {
    const [x, y] = [a[name], b[name]]
    const order = orderOf(x, y) ?? Number(typeOf(x) > typeOf(y)) - Number(typeOf(x) < typeOf(y))
    if (order !== 0) return order
  }
  const [hash, range] = table.schema?.keys ?? []
  const [x, y] = [placeText(a, hash, table), placeText(b, hash, table)]
  if (x !== y) return x < y ? -1 : 1
  return range === undefined ? 0 : (orderOf(a[range], b[range]) ?? 0)
}

/** AWS: items lie by a hash of their partition key. */
const placeText = (item: Item, hash: string | undefined, table: Table): string =>
  hashOf(hash === undefined ? table.keyOf(item) : pick(item, [hash])).toString('hex')

export const hashOf = (key: Item): Buffer => createHash('md5').update(canonical(key)).digest()

function positionOf(item: Item, { table, params }: Walk): Item {
  const { keys } = placeOf(table, params)
  return keys === undefined ? item : pick(item, keys)
}

/** What an index holds of an item: other attributes can be neither filtered nor shown, but a local index fetches them. */
function projectedOf(item: Item, { expressions: { projection }, index, table, params }: Walk): Item {
  if (index === undefined || index.projected === 'ALL' || params.Select === 'ALL_ATTRIBUTES') return item
  if (projection !== undefined && !index.global) return item
  const keys = placeOf(table, params).keys ?? []
  return pick(item, [...new Set([...keys, ...(typeof index.projected === 'string' ? [] : index.projected)])])
}

function shown(item: Item, walk: Walk): Item {
  const { projection } = walk.expressions
  const whole = projectedOf(item, walk)
  return projection === undefined ? whole : project(whole, projection)
}
