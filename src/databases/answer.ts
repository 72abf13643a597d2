import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { type Column, columnsOf, columnsOfRow, type Dialect } from './columns.js'
import type { DatabaseFixture, DatabaseService } from './protocol.js'
import { isWord, type SqlWord, sqlWords } from './sql-words.js'

/** What a statement is answered with. `rows` are in the order of `columns`; `columns` is empty for what gives no rows. */
export type SqlAnswer =
  | {
      readonly kind: 'ok'
      /** First word in upper case: INSERT, BEGIN. */
      readonly command: string
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly Json[])[]
      readonly affected: number
      readonly invented: boolean
      readonly by: 'stub' | 'fixture'
    }
  | { readonly kind: 'error'; readonly code: string; readonly message: string; readonly by: 'stub' | 'fixture' }

/** Answers one statement: the user's fixture, else one plausible row with the columns that it asks for. */
export function answerSql(
  sql: string,
  parameters: readonly Json[],
  dialect: Dialect,
  fixtures: readonly DatabaseFixture[],
): SqlAnswer {
  const words = sqlWords(sql)
  const command = (words[0]?.text ?? '').toUpperCase().slice(0, 20)
  const fixture = databaseFixture(dialect, ['query', 'execute'], { sql, parameters }, fixtures)
  if (fixture !== undefined) return given(fixture, command)
  const columns = columnsFor(words, command, dialect)
  const changes = /^(INSERT|UPDATE|DELETE|REPLACE|MERGE)$/.test(command)
  return {
    kind: 'ok',
    command,
    columns,
    rows: columns.length === 0 || command === 'SHOW' ? [] : [columns.map(({ value }) => value)],
    affected: changes || columns.length > 0 ? 1 : 0,
    invented: columns.some(({ invented }) => invented),
    by: 'stub',
  }
}

function columnsFor(words: readonly SqlWord[], command: string, dialect: Dialect): Column[] {
  if (command === 'SHOW') return columnsOfRow({ Variable_name: '', Value: '' })
  if (command === 'SELECT') return columnsOf(selectList(words, 0), dialect)
  if (command === 'VALUES' || command === 'TABLE') return columnsOfRow({ column1: 'example' })
  if (command === 'WITH') {
    const main = atTop(words, 'select', 'insert', 'update', 'delete')
    return main > 0 ? columnsFor(words.slice(main), words[main]!.text.toUpperCase(), dialect) : []
  }
  const returning = dialect === 'postgres' ? atTop(words, 'returning') : -1
  return returning > 0 ? columnsOf(withoutEnd(words.slice(returning + 1)), dialect) : []
}

/** What stands between SELECT and FROM. */
function selectList(words: readonly SqlWord[], select: number): readonly SqlWord[] {
  const from = isWord(words[select + 1], 'distinct', 'all') ? select + 2 : select + 1
  const end = atTop(words.slice(from), 'from', 'where', 'union', 'limit', 'order', 'into', 'group', 'for')
  return withoutEnd(end === -1 ? words.slice(from) : words.slice(from, from + end))
}

const withoutEnd = (words: readonly SqlWord[]): readonly SqlWord[] => (words.at(-1)?.text === ';' ? words.slice(0, -1) : words)

/** Where one of these words first stands outside brackets; -1 for nowhere. */
function atTop(words: readonly SqlWord[], ...texts: readonly string[]): number {
  let depth = 0
  return words.findIndex((word) => {
    if (word.kind === 'sign' && word.text === '(') depth++
    if (word.kind === 'sign' && word.text === ')') depth--
    return depth === 0 && isWord(word, ...texts)
  })
}

function given({ answer = {}, error }: DatabaseFixture, command: string): SqlAnswer {
  if (error !== undefined) return { kind: 'error', code: error.code, message: error.message ?? error.code, by: 'fixture' }
  const rows = Array.isArray(answer.rows) ? answer.rows.filter(isJsonObject) : []
  const columns = columnsOfRow(rows[0] ?? {})
  return {
    kind: 'ok',
    command,
    columns,
    rows: rows.map((row) => columns.map(({ name }) => row[name] ?? null)),
    affected: typeof answer.rowCount === 'number' ? answer.rowCount : rows.length,
    invented: false,
    by: 'fixture',
  }
}

/** The first fixture for this: `when.sql` need only be contained in the statement. */
export function databaseFixture(
  service: DatabaseService,
  operations: readonly string[],
  params: JsonObject,
  fixtures: readonly DatabaseFixture[],
): DatabaseFixture | undefined {
  return fixtures.find(
    (f) =>
      f.service.toLowerCase() === service &&
      operations.some((operation) => operation.toLowerCase() === f.operation.toLowerCase()) &&
      Object.entries(f.when ?? {}).every(([name, wanted]) => fits(params[name], wanted, name === 'sql')),
  )
}

function fits(value: Json | undefined, wanted: Json, part: boolean): boolean {
  if (part && typeof value === 'string' && typeof wanted === 'string') return value.includes(wanted)
  if (Array.isArray(wanted)) return Array.isArray(value) && wanted.every((item: Json, i) => fits(value[i] as Json, item, false))
  return value === wanted
}
