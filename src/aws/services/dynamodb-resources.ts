import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { arn, listOf, type Place, textOf } from './service.js'

/** ARNs of the tables and indexes that the parameters of a DynamoDB call name, each once. */
export function dynamodbResources(_operation: string, params: JsonObject, place: Place): readonly string[] {
  const tables = isJsonObject(params.RequestItems)
    ? Object.keys(params.RequestItems)
    : [params.TableName, ...transactTables(params), ...statementTables(params)]
  const names = [...new Set(tables.filter((name) => textOf(name) !== undefined))] as string[]
  const arns = names.map((name) => (name.startsWith('arn:') ? name : arn('dynamodb', place, `table/${name}`)))
  const index = textOf(params.IndexName)
  return index === undefined ? arns : arns.map((table) => `${table}/index/${index}`)
}

function transactTables({ TransactItems }: JsonObject): (Json | undefined)[] {
  const members = listOf(TransactItems)
    .filter(isJsonObject)
    .flatMap((entry) => Object.values(entry))
  return members.filter(isJsonObject).map(({ TableName }) => TableName)
}

function statementTables({ Statement, Statements, TransactStatements }: JsonObject): (string | undefined)[] {
  const several = [...listOf(Statements), ...listOf(TransactStatements)].filter(isJsonObject).map((entry) => entry.Statement)
  return [Statement, ...several].map((text) => statementTable(text))
}

/** The table (or `table/index/name`) of a PartiQL statement: what follows FROM, INTO or UPDATE. */
export function statementTable(statement: Json | undefined): string | undefined {
  if (typeof statement !== 'string') return undefined
  const match = /\b(?:from|into|update)\s+(?:"([^"]{1,300})"|([\w.-]{1,300}))(?:\."([^"]{1,300})"|\.([\w-]{1,300}))?/i.exec(
    statement.slice(0, 8192),
  )
  if (match === null) return undefined
  const [, quoted, plain, quotedIndex, plainIndex] = match
  const [table, dotted] = quoted === undefined ? plain!.split('.') : [quoted]
  const index = quotedIndex ?? plainIndex ?? dotted
  return index === undefined ? table : `${table}/index/${index}`
}
