import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { conditionProblem, hintedKey } from './dynamodb-guard.js'
import type { Item } from './dynamodb-path.js'
import { itemProblem, Table } from './dynamodb-table.js'
import { applyUpdate } from './dynamodb-update.js'
import { type Answer, type Ask, listOf, ok, refuse } from './service.js'

interface Member {
  readonly kind: string
  readonly params: JsonObject
  readonly table: Table
  readonly subject: Item
}

const KINDS = ['Put', 'Update', 'Delete', 'ConditionCheck']

/** All or nothing: every condition is asked before anything is written. */
export function transactWrite({ params, store }: Ask): Answer {
  const members: Member[] = []
  for (const entry of listOf(params.TransactItems)) {
    const member = memberOf(entry, store)
    if ('code' in member) return refuse(member.code, member.message)
    members.push(member)
  }
  if (members.length === 0 || members.length > 100)
    return refuse(
      'ValidationException',
      'Member must have length less than or equal to 100, Member must have length greater than or equal to 1',
    )
  const failed = members.map((m) => conditionProblem(m.params, presentItem(m)))
  if (failed.some((problem) => problem !== undefined)) {
    const codes = failed.map((problem) => (problem === undefined ? 'None' : 'ConditionalCheckFailed'))
    const CancellationReasons = codes.map(
      (Code): JsonObject => (Code === 'None' ? { Code } : { Code, Message: 'The conditional request failed' }),
    )
    const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`
    return refuse('TransactionCanceledException', message, 400, { CancellationReasons })
  }
  for (const member of members) write(member)
  return ok()
}

function memberOf(entry: Json, store: Ask['store']): Member | { code: string; message: string } {
  const kind = KINDS.find((name) => isJsonObject(entry) && isJsonObject(entry[name]))
  if (kind === undefined)
    return { code: 'ValidationException', message: 'TransactItems can only contain one of Check, Put, Update or Delete' }
  const params = (entry as JsonObject)[kind] as JsonObject
  const what = kind === 'Put' ? 'Item' : 'Key'
  const problem = itemProblem(params[what], what)
  if (problem !== undefined) return problem
  const name = String(params.TableName)
  return { kind, params, table: new Table(store, name.slice(name.lastIndexOf('/') + 1)), subject: params[what] as Item }
}

const presentItem = ({ kind, table, subject, params }: Member): Item | undefined =>
  kind === 'Put' ? table.replacedBy(subject, hintedKey(params, subject)) : table.get(subject)

function write({ kind, params, table, subject }: Member): void {
  if (kind === 'Put') table.put(subject, hintedKey(params, subject))
  else if (kind === 'Delete') table.delete(subject)
  else if (kind === 'Update')
    table.put(applyUpdate(table.get(subject) ?? subject, String(params.UpdateExpression ?? ''), params).item)
}

/** One response a key, in order; `{}` where there is no item. */
export function transactGet({ params, store }: Ask): Answer {
  const Responses: JsonObject[] = []
  for (const entry of listOf(params.TransactItems)) {
    const { TableName, Key } = isJsonObject(entry) && isJsonObject(entry.Get) ? entry.Get : {}
    const problem = itemProblem(Key, 'Key')
    if (problem !== undefined) return refuse(problem.code, problem.message)
    const name = String(TableName)
    const found = new Table(store, name.slice(name.lastIndexOf('/') + 1)).get(Key as Item)
    Responses.push(found === undefined ? {} : { Item: found })
  }
  return ok({ Responses })
}
