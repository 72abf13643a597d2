import type { JsonObject } from '../../model/index.js'
import { consumed, readUnits, writeUnits } from './dynamodb-capacity.js'
import { project } from './dynamodb-projection.js'
import { checkParams, expressionsOf } from './dynamodb-request.js'
import { checkKey } from './dynamodb-schema.js'
import { Table } from './dynamodb-table.js'
import { type Item, itemOf, itemSize } from './dynamodb-value.js'
import { checkReturnValues, perform, readWrite, type Write, type Written } from './dynamodb-write.js'
import { type Answer, type Ask, ok } from './service.js'

/** The item under a key, cut down to what is asked for. */
export function getItem({ params, store }: Ask): Answer {
  const { table, found } = readItem(params, store)
  const units = readUnits(found === undefined ? 0 : itemSize(found.whole), params.ConsistentRead === true ? 1 : 0.5)
  return ok({ ...(found === undefined ? {} : { Item: found.shown }), ...consumed(params, table.name, units) })
}

/** A GetItem without its answer: also the member of a transaction. Throws DynamoError. */
export function readItem(
  params: JsonObject,
  store: Ask['store'],
): { table: Table; found: { whole: Item; shown: Item } | undefined } {
  checkParams(params, ['TableName', 'Key'])
  const table = new Table(store, String(params.TableName))
  const key = itemOf(params.Key)
  const { projection } = expressionsOf(params)
  checkKey(table.schema, key)
  const whole = table.get(key)
  if (whole === undefined) return { table, found: undefined }
  return { table, found: { whole, shown: projection === undefined ? whole : project(whole, projection) } }
}

export function putItem({ params, store }: Ask): Answer {
  checkParams(params, ['TableName', 'Item'])
  checkReturnValues(params)
  return answerOf(readWrite('Put', params, store))
}

export function deleteItem({ params, store }: Ask): Answer {
  checkParams(params, ['TableName', 'Key'])
  checkReturnValues(params)
  return answerOf(readWrite('Delete', params, store))
}

export const updateItem = ({ params, store }: Ask): Answer => answerOf(readWrite('Update', params, store))

function answerOf(write: Write): Answer {
  const { params, table } = write
  const written = perform(write)
  const returned = returnedOf(write, written)
  const units = writeUnits(Math.max(sizeOf(written.before), sizeOf(written.after)))
  return ok({ ...(returned === undefined ? {} : { Attributes: returned }), ...consumed(params, table.name, units) })
}

const sizeOf = (item: Item | undefined): number => (item === undefined ? 0 : itemSize(item))

function returnedOf({ params, update }: Write, { before, after }: Written): Item | undefined {
  const paths = update.map(({ path }) => path)
  switch (params.ReturnValues) {
    case 'ALL_OLD':
      return before
    case 'ALL_NEW':
      return after
    case 'UPDATED_OLD':
      return some(project(before ?? {}, paths))
    case 'UPDATED_NEW':
      return some(project(after ?? {}, paths))
    default:
      return undefined
  }
}

const some = (item: Item): Item | undefined => (Object.keys(item).length === 0 ? undefined : item)
