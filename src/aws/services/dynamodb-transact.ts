import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { consumedByTable, readUnits, writeUnits } from './dynamodb-capacity.js'
import { DynamoError, invalid } from './dynamodb-error.js'
import { readItem } from './dynamodb-items.js'
import { checkParams, constraint } from './dynamodb-request.js'
import { canonical, type Item, itemSize } from './dynamodb-value.js'
import { checkCondition, keep, outcomeOf, present, readWrite, type Write } from './dynamodb-write.js'
import { type Answer, type Ask, listOf, ok, textOf } from './service.js'

const KINDS = ['Put', 'Update', 'Delete', 'ConditionCheck'] as const
const TOKENS = 'dynamodb-transactions'
// AWS: at most 100 members
const MOST_MEMBERS = 100

/** All or nothing: every condition is asked before anything is written. The same token again does nothing again. */
export function transactWrite({ params, store }: Ask): Answer {
  const token = textOf(params.ClientRequestToken)
  const asked = canonical(params.TransactItems)
  const before = token === undefined ? undefined : store.get<string>(TOKENS, token)
  if (before !== undefined && before !== asked)
    throw new DynamoError(
      'IdempotentParameterMismatchException',
      'Request uses the same client token as a previous, but non-identical request',
    )
  const writes = membersOf(params).map((entry) => memberOf(entry, store))
  checkDistinct(writes)
  const units = new Map<string, number>()
  for (const { table, subject } of writes) units.set(table.name, (units.get(table.name) ?? 0) + writeUnits(itemSize(subject), 2))
  if (before === undefined) commit(writes)
  if (token !== undefined) store.put(TOKENS, token, asked, asked.length)
  return ok(consumedByTable(params, units))
}

/** Does all writes, or none and throws TransactionCanceledException with a reason for each. */
export function commit(writes: readonly Write[]): void {
  const outcomes = writes.map((write) => attempt(write))
  if (outcomes.every(({ reason }) => reason === undefined)) {
    for (const [i, write] of writes.entries()) keep(write, outcomes[i]!.after)
    return
  }
  const CancellationReasons = outcomes.map(({ reason }): JsonObject => reason ?? { Code: 'None' })
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ')
  const Message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`
  throw new DynamoError('TransactionCanceledException', Message, { CancellationReasons })
}

function attempt(write: Write): { after?: Item | undefined; reason?: JsonObject } {
  try {
    const before = present(write)
    checkCondition(write, before)
    return { after: outcomeOf(write, before) }
  } catch (error) {
    if (!(error instanceof DynamoError)) throw error
    const Code = error.code === 'ConditionalCheckFailedException' ? 'ConditionalCheckFailed' : 'ValidationError'
    return { reason: { Code, Message: error.message, ...error.extra } }
  }
}

function membersOf({ TransactItems }: JsonObject): readonly Json[] {
  checkParams({}, [])
  const members = listOf(TransactItems)
  if (members.length === 0) throw constraint('transactItems', '[]', 'Member must have length greater than or equal to 1')
  if (members.length <= MOST_MEMBERS) return members
  throw constraint('transactItems', '[...]', `Member must have length less than or equal to ${MOST_MEMBERS}`)
}

function memberOf(entry: Json, store: Ask['store']): Write {
  const kinds = KINDS.filter((name) => isJsonObject(entry) && isJsonObject(entry[name]))
  if (kinds.length !== 1) throw invalid('TransactItems can only contain one of Check, Put, Update or Delete')
  return readWrite(kinds[0]!, (entry as JsonObject)[kinds[0]!] as JsonObject, store)
}

/** Refuses two members for one item. */
export function checkDistinct(writes: readonly Write[]): void {
  const places = writes.map(({ table, subject, kind }) => {
    // Keys that were learnt may be a part of them only: a condition on one does not tell that there is no other.
    const { keys, known = 'learnt' } = table.schema ?? {}
    const names = kind === 'Put' && known === 'learnt' ? Object.keys(subject) : (keys ?? Object.keys(subject))
    return `${table.name} ${canonical(Object.fromEntries(names.map((name) => [name, subject[name] ?? null])))}`
  })
  if (new Set(places).size < places.length) throw invalid('Transaction request cannot include multiple operations on one item')
}

/** One response a key, in order; `{}` where there is no item. */
export function transactGet({ params, store }: Ask): Answer {
  const units = new Map<string, number>()
  const Responses = membersOf(params).map((entry): JsonObject => {
    const get = isJsonObject(entry) && isJsonObject(entry.Get) ? entry.Get : {}
    const { table, found } = readItem(get, store)
    const used = readUnits(found === undefined ? 0 : itemSize(found.whole), 2)
    units.set(table.name, (units.get(table.name) ?? 0) + used)
    return found === undefined ? {} : { Item: found.shown }
  })
  return ok({ Responses, ...consumedByTable(params, units) })
}
