import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'

/** An item or a value of DynamoDB, in its own type-tagged JSON. */
export type Item = Readonly<Record<string, JsonObject>>

/** The expression cannot be read: DynamoDB's ValidationException. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
}

const TOKEN = /\s*(#[\w-]+|:[\w-]+|[A-Za-z_][\w-]*|\d+|<>|<=|>=|[=<>(),.[\]+-])/y
// AWS: an expression has at most 4 KB
const LONGEST = 4096

/** Reads an expression token by token, with its names and values at hand. */
export class ExpressionReader {
  readonly #tokens: readonly string[]
  readonly #names: JsonObject
  readonly #values: JsonObject
  #at = 0

  constructor(text: string, { ExpressionAttributeNames: names, ExpressionAttributeValues: values }: JsonObject) {
    this.#tokens = tokensOf(text)
    this.#names = isJsonObject(names) ? names : {}
    this.#values = isJsonObject(values) ? values : {}
  }

  get ended(): boolean {
    return this.#at >= this.#tokens.length
  }

  next(): string {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw new ExpressionError('Syntax error; token: "<EOF>"')
    return token
  }

  /** Takes the token when it is the wanted one (keywords in any case). */
  accept(...wanted: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at]?.toUpperCase()
    if (token === undefined || !wanted.includes(token)) return undefined
    this.#at++
    return token
  }

  expect(wanted: string): void {
    if (this.accept(wanted) === undefined)
      throw new ExpressionError(`Syntax error; token: "${this.#tokens[this.#at] ?? '<EOF>'}"`)
  }

  /** The next token is a function's name, followed by its parenthesis. */
  acceptCall(...names: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at]
    if (token === undefined || !names.includes(token) || this.#tokens[this.#at + 1] !== '(') return undefined
    this.#at += 2
    return token
  }

  /** `:v`, when one stands here. */
  value(): JsonObject | undefined {
    const token = this.#tokens[this.#at]
    if (token === undefined || !token.startsWith(':')) return undefined
    this.#at++
    const value = Object.hasOwn(this.#values, token) ? this.#values[token] : undefined
    if (isJsonObject(value)) return value
    throw new ExpressionError(`An expression attribute value used in expression is not defined; attribute value: ${token}`)
  }

  /** A document path: `a`, `#a.b`, `a[0].c`. */
  path(): (string | number)[] {
    const path: (string | number)[] = [this.#name()]
    for (;;) {
      if (this.accept('.')) path.push(this.#name())
      else if (this.accept('[')) {
        path.push(Number(this.next()))
        this.expect(']')
      } else return path
    }
  }

  #name(): string {
    const token = this.next()
    if (!/^[#A-Za-z_]/.test(token)) throw new ExpressionError(`Syntax error; token: "${token}"`)
    if (!token.startsWith('#')) return token
    const name = Object.hasOwn(this.#names, token) ? this.#names[token] : undefined
    if (typeof name === 'string') return name
    throw new ExpressionError(`An expression attribute name used in the document path is not defined; attribute name: ${token}`)
  }
}

function tokensOf(text: string): string[] {
  if (text.length > LONGEST) throw new ExpressionError('Expression size has exceeded the maximum allowed size')
  const tokens: string[] = []
  const source = text.trimEnd()
  TOKEN.lastIndex = 0
  let at = 0
  while (at < source.length) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(source)
    if (token === null) throw new ExpressionError(`Syntax error; token: "${source.slice(at).trim().slice(0, 1)}"`)
    tokens.push(token[1]!)
    at = TOKEN.lastIndex
  }
  return tokens
}

/** The value at a path of an item. */
export function valueAt(item: Item, path: readonly (string | number)[]): JsonObject | undefined {
  let value: Json | undefined = { M: item }
  for (const part of path) {
    if (!isJsonObject(value)) return undefined
    const holder: Json | undefined = typeof part === 'number' ? value.L : value.M
    if (typeof part === 'number') value = Array.isArray(holder) ? (holder[part] as Json | undefined) : undefined
    else value = isJsonObject(holder) && Object.hasOwn(holder, part) ? holder[part] : undefined
  }
  return isJsonObject(value) ? value : undefined
}

/** JSON with sorted keys, and numbers by their value: equal for equal attribute values. */
export function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null'
  const members = Object.keys(value)
    .sort()
    .map((name) => {
      const number = name === 'N' && typeof value.N === 'string' ? Number(value.N) : Number.NaN
      return `${JSON.stringify(name)}:${Number.isNaN(number) ? canonical(value[name]) : number}`
    })
  return `{${members.join(',')}}`
}
