import type { JsonObject } from '../../model/index.js'
import type { Condition, Operand } from './dynamodb-condition.js'
import { invalid } from './dynamodb-error.js'
import type { Schema } from './dynamodb-schema.js'
import { typeOf } from './dynamodb-value.js'

/** What a key condition asks of one attribute. */
export interface KeyPart {
  readonly name: string
  /** `=`, `<`, `<=`, `>`, `>=`, `BETWEEN` or `begins_with`. */
  readonly operator: string
  readonly values: readonly JsonObject[]
}

/** A key condition taken apart, one part an attribute; throws DynamoError when it is more than that. */
export function keyParts(condition: Condition): readonly KeyPart[] {
  const parts = flat(condition)
  const names = parts.map(({ name }) => name)
  if (new Set(names).size < names.length)
    throw invalid('Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key')
  return parts
}

function flat(condition: Condition): KeyPart[] {
  switch (condition.kind) {
    case 'and':
      return condition.parts.flatMap(flat)
    case 'or':
    case 'not':
    case 'in':
      throw invalid(
        `Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: ${condition.kind.toUpperCase()}`,
      )
    case 'compare':
      if (condition.sign === '<>')
        throw invalid('Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: <>')
      return [partOf(condition.sign, condition.left, [condition.right])]
    case 'between':
      return [partOf('BETWEEN', condition.subject, [condition.low, condition.high])]
    case 'call':
      if (condition.name !== 'begins_with')
        throw invalid(`Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: ${condition.name}`)
      return [partOf('begins_with', condition.args[0]!, condition.args.slice(1))]
    default:
      return condition satisfies never
  }
}

const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

function partOf(operator: string, subject: Operand, others: readonly Operand[]): KeyPart {
  // `:v < a` is `a > :v`
  if (subject.kind === 'value' && others.length === 1 && others[0]!.kind === 'path')
    return partOf(TURNED[operator] ?? operator, others[0]!, [subject])
  const values = others.map((other) => (other.kind === 'value' ? other.value : undefined))
  if (subject.kind !== 'path' || values.includes(undefined))
    throw invalid(
      'Invalid KeyConditionExpression: Invalid condition in KeyConditionExpression: an attribute and a value are needed',
    )
  if (subject.path.length > 1)
    throw invalid('Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested attributes')
  return { name: String(subject.path[0]), operator, values: values as JsonObject[] }
}

/** Refuses parts that do not fit the keys of a table or index. */
export function checkKeyParts(parts: readonly KeyPart[], keys: readonly string[], types: Schema['types']): void {
  const [hash, range] = keys
  const ofHash = parts.find(({ name }) => name === hash)
  if (range === undefined && parts.length > 1) throw invalid('Query key condition not supported')
  if (ofHash === undefined) throw invalid(`Query condition missed key schema element: ${hash}`)
  if (parts.length > 1 && !parts.some(({ name }) => name === range))
    throw invalid(`Query condition missed key schema element: ${range}`)
  if (parts.length > 2) throw invalid('Conditions can be of length 1 or 2 only')
  for (const { name, values } of parts) {
    const type = types[name]
    if (type !== undefined && values.some((value) => typeOf(value) !== type))
      throw invalid('One or more parameter values were invalid: Condition parameter type does not match schema type')
  }
  if (ofHash.operator !== '=') throw invalid('Query key condition not supported')
}
