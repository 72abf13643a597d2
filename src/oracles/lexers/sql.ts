import type { SqlDialect } from '../../model/index.js'
import type { Region } from '../region.js'

/** A token of SQL text by offsets; `end` is exclusive. */
export interface SqlToken {
  readonly kind: 'string' | 'name' | 'word' | 'number' | 'comment' | 'operator'
  readonly start: number
  readonly end: number
  /** False: the text ended inside it. */
  readonly closed: boolean
}

/** Whether a region of a statement is more than data in one literal, one quoted name or one word. */
export function leavesSqlToken(text: string, region: Region, dialect: SqlDialect): boolean {
  for (const token of sqlTokens(text, dialect)) {
    if (token.end <= region.start) continue
    if (token.start > region.start || region.end > token.end) return true
    // A literal that never closes has swallowed what should follow it; so has a comment in which another one was opened.
    return !token.closed && (token.kind !== 'comment' || text.slice(region.start, region.end).includes('/*'))
  }
  return false
}

const BLANK = /[ \t\n\r\f\v]/

export function* sqlTokens(text: string, dialect: SqlDialect): Generator<SqlToken> {
  let at = 0
  while (at < text.length) {
    if (BLANK.test(text[at]!)) {
      at++
      continue
    }
    const token = tokenAt(text, at, dialect)
    yield token
    at = Math.max(token.end, at + 1)
  }
}

// Every sign beyond ASCII is a letter, the no-break space included. MySQL's names may begin with a digit.
const WORD = /[A-Za-z_\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*/uy
const MYSQL_WORD = /(?!\d+(?:[eE][+-]?\d+)?(?![\w$\u0080-\u{10ffff}]))[\w$\u0080-\u{10ffff}]+/uy
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const DOLLAR = /\$(?:[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*)?\$/uy

function tokenAt(text: string, start: number, dialect: SqlDialect): SqlToken {
  const comment = commentAt(text, start, dialect)
  if (comment !== undefined) return comment
  const sign = text[start]!
  const mysql = dialect === 'mysql'
  if (dialect === 'postgresql' && /^e'/i.test(text.slice(start, start + 2)))
    return quoted(text, start, start + 1, "'", true, 'string')
  if (sign === "'") return quoted(text, start, start, "'", mysql, 'string')
  if (sign === '"') return quoted(text, start, start, '"', mysql, mysql ? 'string' : 'name')
  if (sign === '`' && dialect !== 'postgresql') return quoted(text, start, start, '`', false, 'name')
  const dollar = dialect === 'postgresql' ? matchAt(DOLLAR, text, start) : ''
  if (dollar !== '') return until(text, start, 'string', dollar, false, dollar.length)
  const word = matchAt(mysql ? MYSQL_WORD : WORD, text, start)
  if (word !== '') return { kind: 'word', start, end: start + word.length, closed: true }
  const number = matchAt(NUMBER, text, start)
  if (number !== '') return { kind: 'number', start, end: start + number.length, closed: true }
  return { kind: 'operator', start, end: start + 1, closed: true }
}

function matchAt(pattern: RegExp, text: string, start: number): string {
  pattern.lastIndex = start
  return pattern.exec(text)?.[0] ?? ''
}

function commentAt(text: string, start: number, dialect: SqlDialect): SqlToken | undefined {
  const pair = text.slice(start, start + 2)
  if (dialect === 'mysql') {
    // MySQL: two dashes need a blank after them; `/*!` and `/*+` are read as code.
    if (text[start] === '#' || /^--(?:[\s\0]|$)/.test(text.slice(start, start + 3)))
      return until(text, start, 'comment', '\n', true)
    if (pair === '/*' && /[!+]/.test(text[start + 2] ?? '')) return { kind: 'operator', start, end: start + 3, closed: true }
  } else if (pair === '--') return lineComment(text, start, dialect)
  if (pair !== '/*') return undefined
  return dialect === 'postgresql' ? nestedComment(text, start) : until(text, start, 'comment', '*/', false)
}

function lineComment(text: string, start: number, dialect: SqlDialect): SqlToken {
  const length = text.slice(start).search(dialect === 'postgresql' ? /[\r\n]/ : /\n/)
  return { kind: 'comment', start, end: length === -1 ? text.length : start + length + 1, closed: true }
}

/** PostgreSQL's block comments nest. */
function nestedComment(text: string, start: number): SqlToken {
  let depth = 0
  for (const { 0: mark, index } of text.slice(start).matchAll(/\/\*|\*\//g)) {
    depth += mark === '/*' ? 1 : -1
    if (depth === 0) return { kind: 'comment', start, end: start + index + 2, closed: true }
  }
  return { kind: 'comment', start, end: text.length, closed: false }
}

/** A doubled quote is data; a backslash escapes where the dialect says so. */
function quoted(text: string, start: number, open: number, quote: string, backslash: boolean, kind: SqlToken['kind']): SqlToken {
  let at = open + 1
  while (at < text.length) {
    if (backslash && text[at] === '\\') at += 2
    else if (text[at] !== quote) at++
    else if (text[at + 1] === quote) at += 2
    else return { kind, start, end: at + 1, closed: true }
  }
  return { kind, start, end: text.length, closed: false }
}

function until(text: string, start: number, kind: SqlToken['kind'], close: string, endsWithText: boolean, skip = 2): SqlToken {
  const found = text.indexOf(close, start + skip)
  if (found === -1) return { kind, start, end: text.length, closed: endsWithText }
  return { kind, start, end: found + close.length, closed: true }
}
