import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { databaseFixture } from './answer.js'
import { type BsonValue, Int64 } from './bson-write.js'
import { named } from './columns.js'
import type { DatabaseFixture } from './protocol.js'

/** What a command is answered with. */
export interface MongoAnswer {
  readonly document: { readonly [name: string]: BsonValue }
  readonly invented: boolean
  readonly by: 'stub' | 'fixture'
}

type Answer = (command: JsonObject) => { readonly [name: string]: BsonValue }

const ID: Json = { $oid: '000000000000000000000001' }

/** Commands whose answer is ours to make up, by name. */
const INVENTED = new Map<string, Answer>([
  ['find', (command) => cursor(command, [found(command['filter'], command['projection'])])],
  ['aggregate', (command) => cursor(command, [aggregated(command['pipeline'])])],
  ['count', () => ({ n: 1 })],
  ['distinct', ({ key }) => ({ values: [named(String(key)).value] })],
  ['findandmodify', modified],
])

const PLAIN = new Map<string, Answer>([
  ['insert', ({ documents }) => ({ n: lengthOf(documents) })],
  ['update', ({ updates }) => ({ n: lengthOf(updates), nModified: lengthOf(updates) })],
  ['delete', ({ deletes }) => ({ n: lengthOf(deletes) })],
  ['getmore', (command) => ({ cursor: { id: new Int64(0), ns: namespaceOf(command, command['collection']), nextBatch: [] } })],
  ['bulkwrite', bulk],
  ['listcollections', (command) => cursor(command, [], '$cmd.listCollections')],
  ['listindexes', (command) => cursor(command, [])],
  ['listdatabases', () => ({ databases: [], totalSize: 0 })],
])

/** Answers one command: the user's fixture, else one plausible document, or a count of 1. */
export function answerCommand(name: string, command: JsonObject, fixtures: readonly DatabaseFixture[]): MongoAnswer {
  const fixture = databaseFixture('mongodb', [name], command, fixtures)
  if (fixture !== undefined) return { document: given(fixture, name, command), invented: false, by: 'fixture' }
  const invent = INVENTED.get(name.toLowerCase())
  const answer = invent ?? PLAIN.get(name.toLowerCase())
  return { document: { ...answer?.(command), ok: 1 }, invented: invent !== undefined, by: 'stub' }
}

function given({ answer = {}, error }: DatabaseFixture, name: string, command: JsonObject): MongoAnswer['document'] {
  if (error !== undefined)
    return { ok: 0, code: Number(error.code) || 1, codeName: error.code, errmsg: error.message ?? error.code }
  const documents = Array.isArray(answer['documents']) ? (answer['documents'] as readonly Json[]) : undefined
  if (documents === undefined) return { ...answer, ok: 1 }
  if (name === 'distinct') return { values: documents, ok: 1 }
  if (name.toLowerCase() === 'findandmodify') return { value: documents[0] ?? null, ok: 1 }
  return { ...cursor(command, documents), ok: 1 }
}

const lengthOf = (list: Json | undefined): number => (Array.isArray(list) ? list.length : 0)

const collectionOf = (command: JsonObject): Json | undefined => Object.values(command)[0]

const namespaceOf = ({ $db }: JsonObject, collection: Json | undefined): string =>
  `${typeof $db === 'string' ? $db : 'test'}.${typeof collection === 'string' ? collection : '$cmd'}`

function cursor(command: JsonObject, documents: readonly Json[], collection = collectionOf(command)): ReturnType<Answer> {
  return { cursor: { id: new Int64(0), ns: namespaceOf(command, collection), firstBatch: documents } }
}

/** A document that the filter would find, with what the projection asks for. */
function found(filter: Json | undefined, projection?: Json): Json {
  const wanted = isJsonObject(projection)
    ? Object.entries(projection).filter(([name, on]) => !name.startsWith('$') && on !== 0 && on !== false)
    : []
  const asked = wanted.map(([name]) => [name, named(name).value] as const)
  return { _id: ID, name: 'example', ...Object.fromEntries(asked), ...equalIn(filter) }
}

/** Fields that the filter wants to be equal to something. */
function equalIn(filter: Json | undefined): JsonObject {
  if (!isJsonObject(filter)) return {}
  const equal = Object.entries(filter).flatMap(([name, value]) => {
    if (name.startsWith('$') || name.includes('.')) return []
    const wanted = isJsonObject(value) && Object.hasOwn(value, '$eq') ? value['$eq']! : value
    const isOperator =
      isJsonObject(wanted) && Object.keys(wanted).some((key) => key.startsWith('$') && !/^\$(?:oid|date)$/.test(key))
    return isOperator ? [] : [[name, wanted] as const]
  })
  return Object.fromEntries(equal)
}

function aggregated(pipeline: Json | undefined): Json {
  const stages = Array.isArray(pipeline) ? pipeline.filter(isJsonObject) : []
  const matched = equalIn(stages.find((stage) => isJsonObject(stage['$match']))?.['$match'])
  const group = stages.findLast((stage) => isJsonObject(stage['$group']))?.['$group'] as JsonObject | undefined
  const count = stages.find((stage) => typeof stage['$count'] === 'string')?.['$count']
  if (typeof count === 'string') return { [count]: 1 }
  if (group === undefined) return { _id: ID, name: 'example', ...matched }
  return Object.fromEntries(Object.keys(group).map((name) => [name, name === '_id' ? 'example' : 1]))
}

function modified({ query, remove, upsert }: JsonObject): ReturnType<Answer> {
  const last = { n: 1, ...(remove !== true && { updatedExisting: upsert !== true }) }
  return { value: found(query), lastErrorObject: last }
}

function bulk(command: JsonObject): ReturnType<Answer> {
  const n = lengthOf(command['ops'])
  return {
    ...cursor({ bulkWrite: '$cmd.bulkWrite', $db: 'admin' }, []),
    ...{ nErrors: 0, nInserted: n, nMatched: n, nModified: n, nUpserted: 0, nDeleted: n },
  }
}
