import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { invalid } from './dynamodb-error.js'
import type { ExpressionAttributes } from './dynamodb-names.js'
import type { Item } from './dynamodb-value.js'

/** A document path: names of members and indexes of lists. */
export type Path = readonly (string | number)[]

const TOKEN = /\s*(#[\w]+|:[\w]+|[A-Za-z][\w]*|\d+|<>|<=|>=|[=<>(),.[\]+-])/y
// AWS: an expression has at most 4 KB
const LONGEST = 4096

/** Reads an expression token by token, with its names and values at hand. Throws DynamoError. */
export class ExpressionReader {
  readonly #tokens: readonly string[]
  readonly #attributes: ExpressionAttributes
  #at = 0

  constructor(text: string, attributes: ExpressionAttributes) {
    this.#tokens = tokensOf(text)
    this.#attributes = attributes
    if (this.#tokens.length === 0) throw invalid('The expression can not be empty;')
  }

  get ended(): boolean {
    return this.#at >= this.#tokens.length
  }

  next(): string {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw this.problem()
    return token
  }

  peek(ahead = 0): string | undefined {
    return this.#tokens[this.#at + ahead]
  }

  /** Takes the token when it is the wanted one (keywords in any case). */
  accept(...wanted: readonly string[]): string | undefined {
    const token = this.peek()?.toUpperCase()
    if (token === undefined || !wanted.includes(token)) return undefined
    this.#at++
    return token
  }

  expect(wanted: string): void {
    if (this.accept(wanted) === undefined) throw this.problem()
  }

  /** The name of a function, when its parenthesis follows; both are taken. */
  acceptCall(): string | undefined {
    const name = this.peek()
    if (name === undefined || !/^[a-z]/i.test(name) || this.peek(1) !== '(') return undefined
    this.#at += 2
    return name
  }

  /** `:v`, when one stands here. */
  value(): JsonObject | undefined {
    const token = this.peek()
    if (token === undefined || !token.startsWith(':')) return undefined
    this.#at++
    return this.#attributes.value(token)
  }

  /** A document path: `a`, `#a.b`, `a[0].c`. */
  path(): Path {
    const path: (string | number)[] = [this.#name()]
    for (;;) {
      if (this.accept('.')) path.push(this.#name())
      else if (this.accept('[')) {
        if (!/^\d+$/.test(this.peek() ?? '')) throw this.problem()
        path.push(Number(this.next()))
        this.expect(']')
      } else return path
    }
  }

  #name(): string {
    if (!/^[#A-Za-z]/.test(this.peek() ?? '')) throw this.problem()
    return this.#attributes.name(this.next())
  }

  /** The syntax error at the next token, in DynamoDB's words. */
  problem() {
    const near = this.#tokens.slice(Math.max(0, this.#at - 1), this.#at + 2).join(' ')
    return invalid(`Syntax error; token: "${this.peek() ?? '<EOF>'}", near: "${near}"`)
  }
}

function tokensOf(text: string): string[] {
  if (Buffer.byteLength(text) > LONGEST)
    throw invalid(`Expression size has exceeded the maximum allowed size; expression size: ${Buffer.byteLength(text)}`)
  const tokens: string[] = []
  const source = text.trimEnd()
  let at = 0
  while (at < source.length) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(source)
    if (token === null) {
      const wrong = source.slice(at).trim()
      throw invalid(`Syntax error; token: "${wrong.slice(0, 1)}", near: "${wrong.slice(0, 20)}"`)
    }
    tokens.push(token[1]!)
    at = TOKEN.lastIndex
  }
  return tokens
}

/** The value at a path of an item. */
export function valueAt(item: Item, path: Path): JsonObject | undefined {
  let value: Json | undefined = { M: item }
  for (const part of path) {
    if (!isJsonObject(value)) return undefined
    const holder: Json | undefined = typeof part === 'number' ? value.L : value.M
    if (typeof part === 'number') value = Array.isArray(holder) ? (holder[part] as Json | undefined) : undefined
    else value = isJsonObject(holder) && Object.hasOwn(holder, part) ? holder[part] : undefined
  }
  return isJsonObject(value) ? value : undefined
}

export const pathText = (path: Path): string =>
  `[${path.map((part) => (typeof part === 'number' ? `[${part}]` : part)).join(', ')}]`

/** Refuses paths of one expression of which one lies within another, or that make one attribute a list and a map. */
export function checkOverlap(paths: readonly Path[]): void {
  for (const [i, one] of paths.entries())
    for (const other of paths.slice(i + 1)) {
      const shared = Math.min(one.length, other.length)
      const differ = one.slice(0, shared).findIndex((part, at) => part !== other[at])
      const places = `path one: ${pathText(one)}, path two: ${pathText(other)}`
      if (differ < 0)
        throw invalid(`Two document paths overlap with each other; must remove or rewrite one of these paths; ${places}`)
      if (typeof one[differ] !== typeof other[differ])
        throw invalid(`Two document paths conflict with each other; must remove or rewrite one of these paths; ${places}`)
    }
}
