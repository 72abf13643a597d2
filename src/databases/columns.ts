import type { Json } from '../model/index.js'
import { apart, isWord, type SqlWord } from './sql-words.js'

export type ColumnType = 'text' | 'int' | 'bigint' | 'bool' | 'timestamp' | 'float'

/** A column of an answer with the value that we give it. */
export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly value: Json
  /** The value is ours, and a function could take it for the owner's. */
  readonly invented: boolean
}

export type Dialect = 'postgres' | 'mysql'
const NOW = '2026-01-01 00:00:00'
const VARIABLES: Readonly<Record<string, Json>> = {
  '@@version': '8.0.40',
  '@@version_comment': 'eventfuzz',
  '@@max_allowed_packet': 67108864,
  '@@autocommit': 1,
  '@@sql_mode': '',
  '@@time_zone': 'UTC',
  '@@character_set_client': 'utf8mb4',
}

/** Columns of a select list, or of RETURNING. */
export function columnsOf(list: readonly SqlWord[], dialect: Dialect): Column[] {
  return apart(list)
    .slice(0, 500)
    .flatMap((item) => columnsOfItem(item, dialect))
}

function columnsOfItem(item: readonly SqlWord[], dialect: Dialect): Column[] {
  const last = item.at(-1)!
  if (last.kind === 'sign' && last.text === '*' && (item.length === 1 || item.at(-2)?.text === '.'))
    return [named('id'), named('name')]
  const as = item.length > 2 && isWord(item.at(-2), 'as')
  const bare = !as && item.length > 1 && (last.kind === 'word' || last.kind === 'name') && endsAValue(item.at(-2)!)
  const value = as ? item.slice(0, -2) : bare ? item.slice(0, -1) : item
  const given = expression(value, dialect)
  return [as || bare ? (given.invented && given.type === 'text' ? named(last.text) : { ...given, name: last.text }) : given]
}

// `count(*) total`, `a.b c`: what stands before an alias without AS
const endsAValue = ({ kind, text }: SqlWord): boolean => kind !== 'sign' || text === ')'

function expression(words: readonly SqlWord[], dialect: Dialect): Column {
  const [first] = words
  const last = words.at(-1)!
  const given = (name: string, type: ColumnType, value: Json): Column => ({ name, type, value, invented: false })
  if (words.length === 1 && first?.kind === 'number') return given(unnamed(first.text, dialect), 'int', Number(first.text))
  if (words.length === 1 && first?.kind === 'string') return given(unnamed(first.text, dialect), 'text', first.text)
  if (first?.kind === 'word' && words[1]?.text === '(' && last.text === ')') return call(first.text.toLowerCase(), words, dialect)
  if (first?.text.startsWith('@@')) return given(words.map(({ text }) => text).join(''), ...variable(words))
  if (isWord(first, 'current_timestamp', 'current_date')) return given(first!.text.toLowerCase(), 'timestamp', NOW)
  if (words.every(({ kind, text }) => kind === 'word' || kind === 'name' || text === '.')) return named(last.text)
  if (words.every(({ kind, text }) => kind === 'number' || /^[-+*/%()<>=]$/.test(text)))
    return { ...given(unnamed(words.map(({ text }) => text).join(' '), dialect), 'int', 1), invented: true }
  return named(unnamed(words.map(({ text }) => text).join(' '), dialect))
}

const unnamed = (text: string, dialect: Dialect): string => (dialect === 'postgres' ? '?column?' : text.slice(0, 64))

function variable(words: readonly SqlWord[]): [ColumnType, Json] {
  const value = VARIABLES[`@@${words.at(-1)!.text.replace(/^@@/, '').toLowerCase()}`] ?? ''
  return [typeof value === 'number' ? 'bigint' : 'text', value]
}

function call(fn: string, words: readonly SqlWord[], dialect: Dialect): Column {
  const name = dialect === 'postgres' ? fn : words.map(({ text }) => text).join('')
  const given = (type: ColumnType, value: Json, invented = false): Column => ({ name, type, value, invented })
  if (fn === 'count') return given('bigint', 1, true)
  if (fn === 'version') return given('text', dialect === 'postgres' ? 'PostgreSQL 16.4' : '8.0.40')
  if (/^(now|current_timestamp|sysdate|curdate|utc_timestamp)$/.test(fn)) return given('timestamp', NOW)
  if (/^(current_)?(database|schema|user)$/.test(fn)) return given('text', 'app')
  if (/^(sum|length|char_length|last_insert_id|row_count|found_rows)$/.test(fn)) return given('bigint', 1, true)
  if (fn === 'exists') return given('bool', true, true)
  return given('text', 'example', true)
}

/** A column known by its name only. */
export function named(name: string): Column {
  const plain = name.toLowerCase()
  const column = (type: ColumnType, value: Json): Column => ({ name, type, value, invented: true })
  if (/^(id|.*_id|count|qty|quantity|total|amount|price|age|year|size|position|balance|stock|n)$/.test(plain))
    return column('int', 1)
  if (/^(is|has)_|^(active|enabled|deleted|exists|verified|admin)$/.test(plain)) return column('bool', true)
  if (/(_at|_on|date|time|timestamp)$/.test(plain)) return column('timestamp', NOW)
  if (/e?mail/.test(plain)) return column('text', 'a@example.com')
  return column('text', 'example')
}

/** Columns of a user's rows: the first row says their types. */
export function columnsOfRow(row: Readonly<Record<string, Json>>): Column[] {
  return Object.entries(row).map(([name, value]) => ({ name, type: typeOf(value), value, invented: false }))
}

function typeOf(value: Json): ColumnType {
  if (typeof value === 'boolean') return 'bool'
  if (typeof value !== 'number') return 'text'
  if (!Number.isInteger(value)) return 'float'
  return Math.abs(value) < 2 ** 31 ? 'int' : 'bigint'
}
