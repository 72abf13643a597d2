/** A token of SQL as far as an answer has to know it. */
export interface SqlWord {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'sign'
  /** The text; names and strings without their quotes. */
  readonly text: string
  readonly start: number
  readonly end: number
}

const TOKEN =
  /(?<blank>\s+|--[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/)?)|(?<string>'(?:[^'\\]+|''|\\[\s\S])*'?)|(?<name>"(?:[^"]+|"")*"?|`[^`]*`?)|(?<word>@{0,2}[\p{L}_][\p{L}\p{N}_$]*)|(?<number>\d+(?:\.\d+)?)|(?<sign>[\s\S])/uy
const MOST = 20_000
// Answers need to know no more of a text than this; evidence holds less.
const LONGEST = 256 * 1024

/** Tokens of a statement, comments left out; what is beyond any honest length is left off. */
export function sqlWords(whole: string): SqlWord[] {
  const sql = whole.slice(0, LONGEST)
  const words: SqlWord[] = []
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(sql); match !== null && words.length < MOST; match = TOKEN.exec(sql)) {
    const groups = match.groups!
    const kind = (['word', 'name', 'string', 'number', 'sign'] as const).find((name) => groups[name] !== undefined)
    if (kind === undefined) continue
    const found = groups[kind]!
    const text = kind === 'name' || kind === 'string' ? found.replace(/^["'`]|["'`]$/g, '') : found
    words.push({ kind, text, start: match.index, end: match.index + found.length })
  }
  return words
}

/** The statements of a text, apart at the semicolons outside literals; empty ones are left out. */
export function statementsOf(sql: string): string[] {
  const ends = sqlWords(sql).filter(({ kind, text }) => kind === 'sign' && text === ';')
  const parts: string[] = []
  let from = 0
  for (const { start, end } of ends) {
    parts.push(sql.slice(from, start))
    from = end
  }
  parts.push(sql.slice(from))
  return parts.filter((part) => sqlWords(part).length > 0)
}

/** Lists at the top level, apart at their commas: brackets keep theirs. */
export function apart(words: readonly SqlWord[]): SqlWord[][] {
  const items: SqlWord[][] = [[]]
  let depth = 0
  for (const word of words) {
    if (word.kind === 'sign' && word.text === '(') depth++
    if (word.kind === 'sign' && word.text === ')') depth--
    if (word.kind === 'sign' && word.text === ',' && depth === 0) items.push([])
    else items.at(-1)!.push(word)
  }
  return items.filter((item) => item.length > 0)
}

export const isWord = (word: SqlWord | undefined, ...texts: readonly string[]): boolean =>
  word?.kind === 'word' && texts.includes(word.text.toLowerCase())

/** How many `?` stand outside literals. */
export const placeholders = (sql: string): number =>
  sqlWords(sql).filter(({ kind, text }) => kind === 'sign' && text === '?').length
