import { isJsonObject, type Json, type JsonObject, type ProjectResource, type TableIndex, type Tables } from '../model/index.js'

const TABLES = new Set(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'])
const SIMPLE_TYPES: Readonly<Record<string, 'S' | 'N' | 'B'>> = { String: 'S', Number: 'N', Binary: 'B' }

/**
 * Keys, types and indexes of the tables that the templates make. Where a definition is not whole (an index from a loop that could
 * not be carried out leaves its attributes behind), the names of the keys alone.
 */
export function tablesOf(resources: readonly ProjectResource[]): Tables {
  const simple = resources.filter(({ type }) => type === 'AWS::Serverless::SimpleTable').map(simpleTable)
  const full = resources
    .filter(({ type }) => TABLES.has(type))
    .map(({ name, properties }) => [name, tableOf(properties)] as const)
  return Object.fromEntries([...simple, ...full.filter(([, table]) => !Array.isArray(table) || table.length > 0)])
}

/** SAM's SimpleTable: one key, `id` unless it says otherwise. */
function simpleTable({ name, properties: { PrimaryKey: key } }: ProjectResource): readonly [string, Tables[string]] {
  const { Name = 'id', Type = 'String' } = isJsonObject(key) ? key : {}
  const id = String(Name)
  return [name, { keys: [id], types: { [id]: SIMPLE_TYPES[String(Type)] ?? 'S' }, indexes: {} }]
}

function tableOf(properties: JsonObject): Tables[string] {
  const keys = keysOf(properties['KeySchema'])
  const types = new Map<string, 'S' | 'N' | 'B'>()
  for (const { AttributeName, AttributeType } of objectsIn(properties['AttributeDefinitions']))
    if (AttributeType === 'S' || AttributeType === 'N' || AttributeType === 'B') types.set(String(AttributeName), AttributeType)
  const indexes = [
    ...objectsIn(properties['GlobalSecondaryIndexes']).map((index) => indexOf(index, true)),
    ...objectsIn(properties['LocalSecondaryIndexes']).map((index) => indexOf(index, false)),
  ]
  // AWS: every attribute that is defined is a key of the table or of an index, and the other way round
  const used = new Set([...keys, ...indexes.flatMap(([, index]) => index.keys)])
  const isWhole = [...used].every((name) => types.has(name)) && [...types.keys()].every((name) => used.has(name))
  if (keys.length === 0 || !isWhole || indexes.some(([name]) => name === '')) return keys
  return { keys, types: Object.fromEntries(types), indexes: Object.fromEntries(indexes) }
}

function indexOf(index: JsonObject, global: boolean): readonly [string, TableIndex] {
  const projection = index['Projection']
  const { ProjectionType, NonKeyAttributes } = isJsonObject(projection) ? projection : {}
  const named = Array.isArray(NonKeyAttributes) ? NonKeyAttributes.map(String) : []
  const projected = ProjectionType === 'INCLUDE' ? named : ProjectionType === 'KEYS_ONLY' ? 'KEYS_ONLY' : 'ALL'
  const name = index['IndexName']
  return [typeof name === 'string' ? name : '', { keys: keysOf(index['KeySchema']), global, projected }]
}

/** Key attributes, the partition key first. */
const keysOf = (schema: Json | undefined): string[] =>
  objectsIn(schema)
    .toSorted((a, b) => Number(b['KeyType'] === 'HASH') - Number(a['KeyType'] === 'HASH'))
    .flatMap(({ AttributeName: name }) => (typeof name === 'string' ? [name] : []))

const objectsIn = (list: Json | undefined): JsonObject[] => (Array.isArray(list) ? list.filter(isJsonObject) : [])
