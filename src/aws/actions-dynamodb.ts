import { isJsonObject, type Json, type NeededAction } from '../model/index.js'
import { type MappedCall, onEach } from './mapped-call.js'
import { dynamodbResources, statementTable } from './services/dynamodb-resources.js'
import { listOf } from './services/service.js'

const MEMBERS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
}
const WORDS: Readonly<Record<string, string>> = {
  SELECT: 'PartiQLSelect',
  INSERT: 'PartiQLInsert',
  UPDATE: 'PartiQLUpdate',
  DELETE: 'PartiQLDelete',
}

/** DynamoDB's actions: transactions by their members, PartiQL by the statement's first word, the rest by name. */
export function dynamodbActions(call: MappedCall, account: string): readonly NeededAction[] {
  const { operation, params } = call
  switch (operation) {
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return orItself(
        call,
        listOf(params.TransactItems).flatMap((entry) => memberActions(entry, call, account)),
      )
    case 'ExecuteStatement':
      return orItself(call, statementActions(params.Statement, call, account))
    case 'BatchExecuteStatement':
    case 'ExecuteTransaction': {
      const entries = [...listOf(params.Statements), ...listOf(params.TransactStatements)].filter(isJsonObject)
      return orItself(
        call,
        entries.flatMap(({ Statement }) => statementActions(Statement, call, account)),
      )
    }
    default:
      return onEach(`dynamodb:${operation}`, call.resources)
  }
}

/** Nothing could be told from the parameters: the operation's own name, rather than nothing. */
function orItself({ operation, resources }: MappedCall, actions: readonly NeededAction[]): readonly NeededAction[] {
  const distinct = new Map(actions.map((needed) => [`${needed.action} ${needed.resource}`, needed]))
  return distinct.size > 0 ? [...distinct.values()] : onEach(`dynamodb:${operation}`, resources)
}

function memberActions(entry: Json, { region }: MappedCall, account: string): NeededAction[] {
  if (!isJsonObject(entry)) return []
  return Object.entries(entry).flatMap(([kind, member]) => {
    if (!Object.hasOwn(MEMBERS, kind) || !isJsonObject(member)) return []
    const { TableName = '' } = member
    return onEach(`dynamodb:${MEMBERS[kind]!}`, dynamodbResources('', { TableName }, { region, account }))
  })
}

function statementActions(statement: Json | undefined, { region }: MappedCall, account: string): NeededAction[] {
  if (typeof statement !== 'string') return []
  // EXISTS(SELECT ...) is a condition check, which reads.
  const word = /^\s*(?:exists\s*\(\s*)?([a-z]+)/i.exec(statement)?.[1]?.toUpperCase() ?? ''
  if (!Object.hasOwn(WORDS, word)) return []
  const table = statementTable(statement)
  return onEach(
    `dynamodb:${WORDS[word]!}`,
    table === undefined ? [] : dynamodbResources('', { TableName: table }, { region, account }),
  )
}
