import type { Json, JsonObject } from '../../model/index.js'
import { invalid } from './dynamodb-error.js'
import type { Path } from './dynamodb-path.js'
import { attributeOf } from './dynamodb-value.js'

const TOKEN =
  /\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|<<|>>|<>|!=|<=|>=|[A-Za-z_][\w-]*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[-+?*=<>(){}[\],.:])/y
// AWS: a statement has at most 8,192 characters
const LONGEST = 8192
const DEEPEST = 32

/** A statement that cannot be carried out, in DynamoDB's words. */
export const illFormed = (why: string) => invalid(`Statement wasn't well formed, can't be processed: ${why}`)

/** Reads a PartiQL statement token by token; `?` takes the next of its parameters. Throws DynamoError. */
export class StatementReader {
  readonly #tokens: readonly string[]
  readonly #parameters: readonly Json[]
  #at = 0
  #taken = 0

  constructor(statement: string, parameters: readonly Json[]) {
    if (statement.length > LONGEST) throw illFormed('the statement is too long')
    this.#tokens = tokensOf(statement)
    this.#parameters = parameters
  }

  /** The next token, as it stands. */
  peek(ahead = 0): string | undefined {
    return this.#tokens[this.#at + ahead]
  }

  next(): string {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw illFormed('Unexpected end of statement')
    return token
  }

  /** Takes these words when they come next, in any case. */
  accept(...words: readonly string[]): boolean {
    if (!words.every((word, i) => this.peek(i)?.toUpperCase() === word)) return false
    this.#at += words.length
    return true
  }

  expect(...words: readonly string[]): void {
    if (!this.accept(...words)) throw this.problem()
  }

  /** Refuses what follows the statement, and parameters that it did not take. */
  end(): void {
    if (this.peek() !== undefined) throw this.problem()
    if (this.#taken !== this.#parameters.length) throw invalid("Number of parameters in request and statement don't match.")
  }

  problem() {
    return illFormed(`Unexpected token '${(this.peek() ?? '<EOF>').slice(0, 100)}'`)
  }

  name(): string {
    const token = this.next()
    if (token.startsWith('"')) return token.slice(1, -1).replaceAll('""', '"')
    if (/^[A-Za-z_]/.test(token)) return token
    this.#at--
    throw this.problem()
  }

  path(): Path {
    const path: (string | number)[] = [this.name()]
    for (;;) {
      if (this.accept('.')) path.push(this.name())
      else if (this.peek() === '[' && /^\d+$/.test(this.peek(1) ?? '')) {
        this.next()
        path.push(Number(this.next()))
        this.expect(']')
      } else return path
    }
  }

  /** True when a literal or a parameter comes next. */
  get atValue(): boolean {
    const token = this.peek() ?? ''
    return /^['?{[\d+-]|^<<$/.test(token) || /^(true|false|null)$/i.test(token)
  }

  /** A literal or parameter. */
  value(depth = 0): JsonObject {
    if (depth > DEEPEST) throw illFormed('the statement is nested too deep')
    const token = this.next()
    if (token === '?') return this.#parameter()
    if (token.startsWith("'")) return { S: token.slice(1, -1).replaceAll("''", "'") }
    if (token === '-' || token === '+') return attributeOf({ N: (token === '-' ? '-' : '') + this.next() })
    if (/^\d/.test(token)) return attributeOf({ N: token })
    if (/^(true|false)$/i.test(token)) return { BOOL: token.toLowerCase() === 'true' }
    if (/^null$/i.test(token)) return { NULL: true }
    if (token === '[') return { L: this.#members(']', depth) }
    if (token === '<<') return setOf(this.#members('>>', depth))
    if (token === '{') return this.#tuple(depth)
    this.#at--
    throw this.problem()
  }

  #parameter(): JsonObject {
    const given = this.#parameters[this.#taken++]
    if (given === undefined) throw invalid("Number of parameters in request and statement don't match.")
    return attributeOf(given)
  }

  #members(end: string, depth: number): JsonObject[] {
    const members: JsonObject[] = []
    while (!this.accept(end)) {
      if (members.length > 0) this.expect(',')
      members.push(this.value(depth + 1))
    }
    return members
  }

  #tuple(depth: number): JsonObject {
    const members: [string, JsonObject][] = []
    while (!this.accept('}')) {
      if (members.length > 0) this.expect(',')
      const token = this.next()
      const name = /^['"]/.test(token) ? token.slice(1, -1) : token
      this.expect(':')
      members.push([name, this.value(depth + 1)])
    }
    return { M: Object.fromEntries(members) }
  }
}

function setOf(members: readonly JsonObject[]): JsonObject {
  const type = Object.keys(members[0] ?? { S: '' })[0]!
  return attributeOf({ [`${type}S`]: members.map((member) => member[type] ?? null) })
}

function tokensOf(statement: string): string[] {
  const tokens: string[] = []
  const source = statement.trimEnd().replace(/;$/, '')
  let at = 0
  while (at < source.length) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(source)
    if (token === null) throw illFormed(`Unexpected character at ${at}`)
    tokens.push(token[1]!)
    at = TOKEN.lastIndex
  }
  if (tokens.length === 0) throw invalid('Statement is empty')
  return tokens
}
