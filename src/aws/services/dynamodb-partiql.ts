import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { Store } from '../store.js'
import type { Condition } from './dynamodb-condition.js'
import { DynamoError, invalid } from './dynamodb-error.js'
import { holds } from './dynamodb-evaluate.js'
import { pageOf, placeOf } from './dynamodb-page.js'
import { parseStatement, type Statement } from './dynamodb-partiql-parse.js'
import { project } from './dynamodb-projection.js'
import { checkItem, checkKey, checkNotKey } from './dynamodb-schema.js'
import { Table } from './dynamodb-table.js'
import { commit } from './dynamodb-transact.js'
import type { Item } from './dynamodb-value.js'
import { perform, type Write } from './dynamodb-write.js'
import { type Answer, type Ask, listOf, ok, textOf } from './service.js'

/** One PartiQL statement: reads page like a Query, writes are by key. */
export function executeStatement({ params, store }: Ask): Answer {
  const statement = read(params)
  if (statement.kind === 'exists') throw invalid('EXISTS() function is only allowed in a transaction')
  if (statement.kind === 'select') return select(statement, params, store)
  const write = writeOf(statement, store)
  const { before, after } = perform(write)
  const { returning } = { returning: '', ...statement }
  const shown = returning.endsWith('OLD') ? before : returning.endsWith('NEW') ? after : undefined
  const cut =
    returning.startsWith('UPDATED') && shown
      ? project(
          shown,
          write.update.map(({ path }) => path),
        )
      : shown
  return ok({ Items: cut === undefined ? [] : [cut] })
}

function read(params: JsonObject): Statement {
  const text = textOf(params.Statement)
  if (text === undefined) throw invalid('Statement is empty')
  return parseStatement(text, listOf(params.Parameters))
}

function select(statement: Extract<Statement, { kind: 'select' }>, params: JsonObject, store: Store): Answer {
  const table = new Table(store, statement.table)
  const asked: JsonObject = {
    ...(statement.index && { IndexName: statement.index }),
    ...(params.Limit && { Limit: params.Limit }),
  }
  const { index } = placeOf(table, asked)
  const candidates = found(table, statement.where)
  const start = positionOf(params.NextToken)
  const page = pageOf(candidates, {
    table,
    index,
    orderBy: (index?.keys ?? table.schema?.keys ?? []).slice(1),
    forward: !statement.descending,
    expressions: statement.paths === undefined ? {} : { projection: statement.paths },
    params: start === undefined ? asked : { ...asked, ExclusiveStartKey: start },
  })
  if (page.kind === 'error') return page
  const { Items = [], LastEvaluatedKey } = page.value
  if (LastEvaluatedKey === undefined) return ok({ Items })
  const NextToken = Buffer.from(JSON.stringify(LastEvaluatedKey)).toString('base64')
  return ok({ Items, NextToken, LastEvaluatedKey })
}

const found = (table: Table, where: Condition | undefined): Item[] =>
  table.items().filter((item) => where === undefined || holds(where, item))

function positionOf(token: Json | undefined): JsonObject | undefined {
  if (typeof token !== 'string') return undefined
  try {
    const start: unknown = JSON.parse(Buffer.from(token, 'base64').toString('utf8'))
    if (isJsonObject(start)) return start
  } catch {
    // a token that we did not give: refused below, as one that is no object
  }
  throw invalid('Invalid NextToken')
}

/** A statement that writes, as the operation that would do the same. */
function writeOf(statement: Exclude<Statement, { kind: 'select' }>, store: Store): Write {
  const table = new Table(store, statement.table)
  const common = { table, hinted: [], params: {}, update: [] }
  if (statement.kind === 'insert') {
    checkItem(table.schema, statement.item)
    if (table.replacedBy(statement.item, []) !== undefined)
      throw new DynamoError('DuplicateItemException', 'Duplicate primary key exists in table')
    return { ...common, kind: 'Put', subject: statement.item, condition: undefined }
  }
  const condition = statement.where ?? { kind: 'and', parts: [] }
  const subject = keyIn(condition, table)
  checkKey(table.schema, subject)
  if (statement.kind === 'update')
    checkNotKey(
      table.schema,
      subject,
      statement.actions.map(({ path }) => String(path[0])),
    )
  if (statement.kind === 'update') return { ...common, kind: 'Update', subject, condition, update: statement.actions }
  // AWS: a delete of what is not there does nothing, unless more than its key was asked
  const bare =
    statement.kind === 'delete' && table.get(subject) === undefined && partsOf(condition).length <= Object.keys(subject).length
  return {
    ...common,
    kind: statement.kind === 'exists' ? 'ConditionCheck' : 'Delete',
    subject,
    condition: bare ? undefined : condition,
  }
}

const partsOf = (condition: Condition): readonly Condition[] =>
  condition.kind === 'and' ? condition.parts.flatMap(partsOf) : [condition]

/** The key that a WHERE names by equality; of a table that is not known, every attribute that it names so. */
function keyIn(where: Condition, table: Table): Item {
  const equal = partsOf(where).flatMap((part): [string, JsonObject][] =>
    part.kind === 'compare' &&
    part.sign === '=' &&
    part.left.kind === 'path' &&
    part.left.path.length === 1 &&
    part.right.kind === 'value'
      ? [[String(part.left.path[0]), part.right.value]]
      : [],
  )
  const keys = table.schema?.keys
  const key = equal.filter(([name]) => keys === undefined || keys.includes(name))
  if (key.length > 0 && (keys === undefined || keys.length === key.length)) return Object.fromEntries(key)
  throw invalid('Where clause does not contain a mandatory equality on all key attributes')
}

/** Several statements, each with an answer or an error of its own. */
export function batchExecute(ask: Ask): Answer {
  const statements = listOf(ask.params.Statements).filter(isJsonObject)
  if (statements.length === 0 || statements.length > 25) throw invalid('Number of statements must be between 1 and 25')
  return ok({ Responses: statements.map((params) => responseTo({ ...ask, params })) })
}

function responseTo(ask: Ask): JsonObject {
  try {
    const answer = executeStatement(ask)
    const [Item] = answer.kind === 'ok' ? listOf(answer.value.Items) : []
    return Item === undefined ? {} : { Item }
  } catch (error) {
    if (!(error instanceof DynamoError)) throw error
    // AWS: in a batch the code is without its end
    return {
      Error: { Code: error.code.replace(/Exception$/, '').replace('Validation', 'ValidationError'), Message: error.message },
    }
  }
}

/** All statements or none; a transaction reads or writes, never both. */
export function executeTransaction(ask: Ask): Answer {
  const statements = listOf(ask.params.TransactStatements).filter(isJsonObject)
  if (statements.length === 0 || statements.length > 100) throw invalid('Number of statements must be between 1 and 100')
  const parsed = statements.map(read)
  const writes = parsed.flatMap((statement) => (statement.kind === 'select' ? [] : [writeOf(statement, ask.store)]))
  if (writes.length === 0) return ok({ Responses: statements.map((params) => responseTo({ ...ask, params })) })
  if (writes.length < parsed.length) throw invalid('Reads and writes are not allowed in the same transaction')
  commit(writes)
  return ok({ Responses: writes.map(() => ({})) })
}
