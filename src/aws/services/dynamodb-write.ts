import type { JsonObject } from '../../model/index.js'
import type { Store } from '../store.js'
import { applyUpdate } from './dynamodb-apply.js'
import type { Condition } from './dynamodb-condition.js'
import { DynamoError, invalid } from './dynamodb-error.js'
import { holds } from './dynamodb-evaluate.js'
import { checkParams, expressionsOf } from './dynamodb-request.js'
import { checkItem, checkKey, checkNotKey } from './dynamodb-schema.js'
import { Table } from './dynamodb-table.js'
import type { UpdateAction } from './dynamodb-update.js'
import { type Item, itemOf } from './dynamodb-value.js'

/** One write (or condition check), read and found valid, not yet done. */
export interface Write {
  readonly kind: 'Put' | 'Update' | 'Delete' | 'ConditionCheck'
  readonly table: Table
  /** The key; for a put the item. */
  readonly subject: Item
  /** Attributes that a condition on a put treats as its key. */
  readonly hinted: readonly string[]
  readonly condition: Condition | undefined
  readonly update: readonly UpdateAction[]
  readonly params: JsonObject
}

export interface Written {
  readonly before: Item | undefined
  readonly after: Item | undefined
}

/** Reads the parameters of a write; throws DynamoError. */
export function readWrite(kind: Write['kind'], params: JsonObject, store: Store): Write {
  const what = kind === 'Put' ? 'Item' : 'Key'
  checkParams(params, ['TableName', what, ...(kind === 'ConditionCheck' ? ['ConditionExpression'] : [])])
  const table = new Table(store, String(params.TableName))
  const subject = itemOf(params[what])
  const { condition, update = [] } = expressionsOf(params)
  if (kind === 'Put') checkItem(table.schema, subject)
  else checkKey(table.schema, subject)
  checkNotKey(
    table.schema,
    kind === 'Update' ? subject : {},
    update.map(({ path }) => String(path[0])),
  )
  const hinted =
    kind === 'Put' && condition !== undefined ? notExisting(condition).filter((name) => Object.hasOwn(subject, name)) : []
  return { kind, table, subject, hinted: [...new Set(hinted)], condition, update, params }
}

/** `attribute_not_exists(pk)` on a put names the table's key: nobody asks it of anything else. */
function notExisting(condition: Condition): string[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.parts.flatMap(notExisting)
    case 'not':
      return notExisting(condition.inner)
    case 'call': {
      const [first] = condition.args
      return condition.name === 'attribute_not_exists' && first?.kind === 'path' && first.path.length === 1
        ? [String(first.path[0])]
        : []
    }
    default:
      return []
  }
}

/** The item that a write would change. */
export const present = ({ kind, table, subject, hinted }: Write): Item | undefined =>
  kind === 'Put' ? table.replacedBy(subject, hinted) : table.get(subject)

/** Throws ConditionalCheckFailedException when the condition does not hold for the item as it is. */
export function checkCondition({ condition, params }: Write, before: Item | undefined): void {
  if (condition === undefined || holds(condition, before ?? {})) return
  const shown: JsonObject =
    params.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && before !== undefined ? { Item: before } : {}
  throw new DynamoError('ConditionalCheckFailedException', 'The conditional request failed', shown)
}

/** The item as a write would leave it; undefined when it is gone. Throws DynamoError. */
export function outcomeOf({ kind, table, subject, update }: Write, before: Item | undefined): Item | undefined {
  if (kind === 'Put') return subject
  if (kind === 'Delete') return undefined
  if (kind === 'ConditionCheck') return before
  const after = applyUpdate(before ?? subject, update)
  checkItem(table.schema, after, 'Item size to update has exceeded the maximum allowed size')
  return after
}

/** Puts what `outcomeOf` gave. */
export function keep({ kind, table, subject, hinted }: Write, after: Item | undefined): void {
  if (kind === 'ConditionCheck') return
  if (after === undefined) table.delete(subject)
  else table.put(after, hinted)
}

/** Does a write whose condition holds. */
export function perform(write: Write): Written {
  const before = present(write)
  checkCondition(write, before)
  const after = outcomeOf(write, before)
  keep(write, after)
  return { before, after }
}

/** AWS: only an update can return more than the old item. */
export function checkReturnValues({ ReturnValues }: JsonObject): void {
  if (ReturnValues !== undefined && ReturnValues !== 'NONE' && ReturnValues !== 'ALL_OLD')
    throw invalid('ReturnValues can only be ALL_OLD or NONE')
}
