import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { invalid } from './dynamodb-error.js'
import { isReserved } from './dynamodb-reserved.js'
import { attributeOf } from './dynamodb-value.js'

/** Names and values that all expressions of one request share; it remembers which were used. Throws DynamoError. */
export class ExpressionAttributes {
  readonly #names: ReadonlyMap<string, string>
  readonly #values: ReadonlyMap<string, JsonObject>
  readonly #used = new Set<string>()

  constructor({ ExpressionAttributeNames: names, ExpressionAttributeValues: values }: JsonObject) {
    this.#names = new Map(entriesOf('ExpressionAttributeNames', names, '#').map(([key, name]) => [key, String(name)]))
    this.#values = new Map(
      entriesOf('ExpressionAttributeValues', values, ':').map(([key, value]) => [key, namedValue(key, value)]),
    )
  }

  /** The attribute name that a token of an expression stands for. */
  name(token: string): string {
    if (!token.startsWith('#')) {
      if (isReserved(token)) throw invalid(`Attribute name is a reserved keyword; reserved keyword: ${token}`)
      return token
    }
    this.#used.add(token)
    const name = this.#names.get(token)
    if (name !== undefined) return name
    throw invalid(`An expression attribute name used in the document path is not defined; attribute name: ${token}`)
  }

  value(token: string): JsonObject {
    this.#used.add(token)
    const value = this.#values.get(token)
    if (value !== undefined) return value
    throw invalid(`An expression attribute value used in expression is not defined; attribute value: ${token}`)
  }

  /** Refuses names and values that no expression used. */
  checkUsed(): void {
    for (const [what, given] of [
      ['ExpressionAttributeNames', this.#names],
      ['ExpressionAttributeValues', this.#values],
    ] as const) {
      const unused = [...given.keys()].filter((key) => !this.#used.has(key))
      if (unused.length > 0) throw invalid(`Value provided in ${what} unused in expressions: keys: {${unused.join(', ')}}`)
    }
  }
}

function entriesOf(what: string, given: Json | undefined, mark: string): [string, Json][] {
  if (given === undefined || given === null) return []
  const entries = isJsonObject(given) ? Object.entries(given) : []
  if (entries.length === 0) throw invalid(`${what} must not be empty`)
  const wrong = entries.find(([key]) => !/^[#:][0-9a-zA-Z_]+$/.test(key) || key[0] !== mark)
  if (wrong !== undefined) throw invalid(`${what} contains invalid key: Syntax error; key: "${wrong[0]}"`)
  return entries
}

function namedValue(key: string, value: Json): JsonObject {
  return within('ExpressionAttributeValues contains invalid value: ', ` for key ${key}`, () => attributeOf(value))
}

/** Says in which parameter a ValidationException has its reason. */
export function within<T>(before: string, after: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ValidationException')
      throw invalid(before + error.message + after)
    throw error
  }
}
