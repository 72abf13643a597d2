import { isJsonObject, type Json, type JsonObject, type TableIndex } from '../../model/index.js'
import { DynamoError, invalid } from './dynamodb-error.js'
import { checkParams } from './dynamodb-request.js'
import type { Schema } from './dynamodb-schema.js'
import { knownTables, knowTables, Table } from './dynamodb-table.js'
import { type Answer, type Ask, arn, listOf, ok, type Place } from './service.js'

/** A table is always there and ACTIVE; keys that nothing has told are made up. */
export function describeTable({ params, place, store }: Ask): Answer {
  checkParams(params, ['TableName'])
  const table = new Table(store, String(params.TableName))
  return ok({ Table: description(table, place) }, table.schema === undefined)
}

const GUESS: Schema = { keys: ['id'], types: {}, indexes: {}, known: 'learnt' }

function description(table: Table, place: Place): JsonObject {
  const schema = table.schema ?? GUESS
  const TableArn = arn('dynamodb', place, `table/${table.name}`)
  const attributes = new Set([...schema.keys, ...Object.values(schema.indexes).flatMap(({ keys }) => keys)])
  const indexes = (global: boolean): JsonObject[] =>
    Object.entries(schema.indexes)
      .filter(([, index]) => index.global === global)
      .map(([IndexName, index]) => ({ ...indexDescription(index), IndexName, IndexArn: `${TableArn}/index/${IndexName}` }))
  return {
    TableName: table.name,
    TableArn,
    TableStatus: 'ACTIVE',
    ItemCount: table.items().length,
    TableSizeBytes: 0,
    CreationDateTime: 1_767_225_600,
    ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 },
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    KeySchema: keySchema(schema.keys),
    AttributeDefinitions: [...attributes].map((name) => ({ AttributeName: name, AttributeType: schema.types[name] ?? 'S' })),
    ...(indexes(true).length > 0
      ? { GlobalSecondaryIndexes: indexes(true).map((index) => ({ ...index, IndexStatus: 'ACTIVE' })) }
      : {}),
    ...(indexes(false).length > 0 ? { LocalSecondaryIndexes: indexes(false) } : {}),
  }
}

const keySchema = (keys: readonly string[]): JsonObject[] =>
  keys.map((key, i) => ({ AttributeName: key, KeyType: i === 0 ? 'HASH' : 'RANGE' }))

const indexDescription = ({ keys, projected }: TableIndex): JsonObject => ({
  KeySchema: keySchema(keys),
  Projection:
    typeof projected === 'string' ? { ProjectionType: projected } : { ProjectionType: 'INCLUDE', NonKeyAttributes: projected },
})

/** The project's tables, a page at a time. */
export function listTables({ params, store }: Ask): Answer {
  const start = params.ExclusiveStartTableName
  const names = knownTables(store).filter((name) => typeof start !== 'string' || name > start)
  const limit = typeof params.Limit === 'number' && params.Limit > 0 ? params.Limit : 100
  const TableNames = names.slice(0, limit)
  return ok({ TableNames, ...(names.length > limit ? { LastEvaluatedTableName: TableNames.at(-1)! } : {}) })
}

/** A table that the function itself makes is known from then on. */
export function createTable({ params, place, store }: Ask): Answer {
  checkParams(params, ['TableName', 'KeySchema', 'AttributeDefinitions'])
  const name = String(params.TableName)
  const known = new Table(store, name)
  if (known.schema?.known === 'all') throw new DynamoError('ResourceInUseException', `Table already exists: ${name}`)
  knowTables(store, { [name]: schemaOf(params) })
  return ok({ TableDescription: description(known, place) })
}

function schemaOf(params: JsonObject): Omit<Schema, 'known'> {
  const types: [string, 'S' | 'N' | 'B'][] = listOf(params.AttributeDefinitions)
    .filter(isJsonObject)
    .map((one) => [String(one.AttributeName), one.AttributeType === 'N' || one.AttributeType === 'B' ? one.AttributeType : 'S'])
  const keys = keysOf(params.KeySchema)
  const missing = keys.find((key) => !types.some(([name]) => name === key))
  if (keys.length === 0 || missing !== undefined)
    throw invalid('One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions.')
  const indexes = [
    ...listOf(params.GlobalSecondaryIndexes).map((index) => [index, true] as const),
    ...listOf(params.LocalSecondaryIndexes).map((index) => [index, false] as const),
  ].flatMap(([index, global]) => (isJsonObject(index) ? [[String(index.IndexName), indexFrom(index, global)] as const] : []))
  return { keys, types: Object.fromEntries(types), indexes: Object.fromEntries(indexes) }
}

const keysOf = (schema: Json | undefined): string[] =>
  listOf(schema)
    .filter(isJsonObject)
    .map(({ AttributeName }) => String(AttributeName))

function indexFrom(index: JsonObject, global: boolean): TableIndex {
  const { ProjectionType, NonKeyAttributes } = isJsonObject(index.Projection) ? index.Projection : {}
  const projected =
    ProjectionType === 'INCLUDE' ? listOf(NonKeyAttributes).map(String) : ProjectionType === 'KEYS_ONLY' ? 'KEYS_ONLY' : 'ALL'
  return { keys: keysOf(index.KeySchema), global, projected }
}
