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
    return !(token.start <= region.start && region.end <= token.end && token.closed)
  }
  return false
}

export function* sqlTokens(text: string, dialect: SqlDialect): Generator<SqlToken> {
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at++
      continue
    }
    const token = tokenAt(text, at, dialect)
    yield token
    at = Math.max(token.end, at + 1)
  }
}

function tokenAt(text: string, start: number, dialect: SqlDialect): SqlToken {
  const sign = text[start]!
  const pair = text.slice(start, start + 2)
  if (pair === '--' || (sign === '#' && dialect === 'mysql')) return until(text, start, 'comment', '\n', true)
  if (pair === '/*') return until(text, start, 'comment', '*/', false)
  if (/^e'/i.test(pair) && dialect === 'postgresql') return quoted(text, start, start + 1, "'", true, 'string')
  if (sign === "'") return quoted(text, start, start, "'", dialect === 'mysql', 'string')
  if (sign === '"') return quoted(text, start, start, '"', dialect === 'mysql', dialect === 'mysql' ? 'string' : 'name')
  if (sign === '`') return quoted(text, start, start, '`', false, 'name')
  const dollar = dialect === 'postgresql' ? /^\$[A-Za-z_]*\$/.exec(text.slice(start, start + 64)) : null
  if (dollar !== null) return until(text, start, 'string', dollar[0], false, dollar[0].length)
  const word = /^[\p{L}_][\p{L}\p{N}_$]*/u.exec(text.slice(start, start + 256))
  if (word !== null) return { kind: 'word', start, end: start + word[0].length, closed: true }
  const number = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(text.slice(start, start + 64))
  if (number !== null) return { kind: 'number', start, end: start + number[0].length, closed: true }
  return { kind: 'operator', start, end: start + 1, closed: true }
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
