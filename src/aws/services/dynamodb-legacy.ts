import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { Comparator, Condition, Operand } from './dynamodb-condition.js'
import { invalid, malformed } from './dynamodb-error.js'
import type { Path } from './dynamodb-path.js'
import type { UpdateAction } from './dynamodb-update.js'
import { attributeOf, orderOf, typeOf } from './dynamodb-value.js'
import { listOf } from './service.js'

const WRONG = 'One or more parameter values were invalid: '
const SIGNS: Readonly<Record<string, Comparator>> = { EQ: '=', NE: '<>', LT: '<', LE: '<=', GT: '>', GE: '>=' }
// Operator, number of values, types of values
const OPERATORS: Readonly<Record<string, readonly [least: number, most: number, types: string]>> = {
  EQ: [1, 1, 'S N B SS NS BS L M BOOL NULL'],
  NE: [1, 1, 'S N B SS NS BS L M BOOL NULL'],
  LT: [1, 1, 'S N B'],
  LE: [1, 1, 'S N B'],
  GT: [1, 1, 'S N B'],
  GE: [1, 1, 'S N B'],
  CONTAINS: [1, 1, 'S N B'],
  NOT_CONTAINS: [1, 1, 'S N B'],
  BEGINS_WITH: [1, 1, 'S B'],
  IN: [1, 100, 'S N B'],
  BETWEEN: [2, 2, 'S N B'],
  NULL: [0, 0, ''],
  NOT_NULL: [0, 0, ''],
}

/** KeyConditions, QueryFilter or ScanFilter as one condition; undefined when there is none. */
export function filterCondition(given: Json | undefined, any: boolean): Condition | undefined {
  return joined(
    entriesOf(given).map(([name, entry]) =>
      comparison(name, String(entry.ComparisonOperator), listOf(entry.AttributeValueList).map(attributeOf)),
    ),
    any,
  )
}

/** `Expected` as one condition; undefined when there is none. */
export function expectedCondition(given: Json | undefined, any: boolean): Condition | undefined {
  return joined(
    entriesOf(given).map(([name, entry]) => expectation(name, entry)),
    any,
  )
}

function expectation(name: string, entry: JsonObject): Condition {
  const { Value, Exists, ComparisonOperator, AttributeValueList } = entry
  if (Value !== undefined && AttributeValueList !== undefined)
    throw invalid(`${WRONG}Value and AttributeValueList cannot be used together for Attribute: ${name}`)
  if (ComparisonOperator !== undefined) {
    if (Exists !== undefined)
      throw invalid(`${WRONG}Exists and ComparisonOperator cannot be used together for Attribute: ${name}`)
    const values = Value === undefined ? listOf(AttributeValueList) : [Value]
    return comparison(name, String(ComparisonOperator), values.map(attributeOf), false)
  }
  if (AttributeValueList !== undefined)
    throw invalid(`${WRONG}AttributeValueList can only be used with a ComparisonOperator for Attribute: ${name}`)
  if (Exists === false) {
    if (Value !== undefined) throw invalid(`${WRONG}Value cannot be used when Exists is false for Attribute: ${name}`)
    return { kind: 'call', name: 'attribute_not_exists', args: [attribute(name)] }
  }
  if (Value === undefined)
    throw invalid(
      `${WRONG}Value must be provided when Exists is ${Exists === undefined ? 'null' : 'true'} for Attribute: ${name}`,
    )
  return { kind: 'compare', sign: '=', left: attribute(name), right: { kind: 'value', value: attributeOf(Value) } }
}

function comparison(name: string, operator: string, values: readonly JsonObject[], typed = true): Condition {
  checkOperator(operator, values, typed)
  const left = attribute(name)
  const rights = values.map((value): Operand => ({ kind: 'value', value }))
  const [first, second] = rights
  if (Object.hasOwn(SIGNS, operator)) return { kind: 'compare', sign: SIGNS[operator]!, left, right: first! }
  switch (operator) {
    case 'BETWEEN':
      return { kind: 'between', subject: left, low: first!, high: second! }
    case 'IN':
      return { kind: 'in', subject: left, choices: rights }
    case 'NULL':
      return { kind: 'call', name: 'attribute_not_exists', args: [left] }
    case 'NOT_NULL':
      return { kind: 'call', name: 'attribute_exists', args: [left] }
    case 'BEGINS_WITH':
      return { kind: 'call', name: 'begins_with', args: [left, first!] }
    case 'NOT_CONTAINS':
      return { kind: 'not', inner: { kind: 'call', name: 'contains', args: [left, first!] } }
    default:
      return { kind: 'call', name: 'contains', args: [left, first!] }
  }
}

function checkOperator(operator: string, values: readonly JsonObject[], typed: boolean): void {
  if (!Object.hasOwn(OPERATORS, operator))
    throw invalid(
      `1 validation error detected: Value '${operator}' at 'comparisonOperator' failed to satisfy constraint: Member must satisfy enum value set: [${Object.keys(OPERATORS).join(', ')}]`,
    )
  const [least, most, types] = OPERATORS[operator]!
  if (values.length < least || values.length > most)
    throw invalid(`${WRONG}Invalid number of argument(s) for the ${operator} ComparisonOperator`)
  const used = [...new Set(values.map(typeOf))]
  if (used.length > 1) throw invalid(`${WRONG}AttributeValues inside AttributeValueList must be of same type`)
  if (typed && used.length === 1 && !types.split(' ').includes(used[0]!))
    throw invalid(`${WRONG}ComparisonOperator ${operator} is not valid for ${used[0]} AttributeValue type`)
  if (operator === 'BETWEEN' && orderOf(values[0], values[1])! > 0)
    throw invalid('The BETWEEN condition was provided a range where the lower bound is greater than the upper bound')
}

/** AttributesToGet as paths. */
export function attributesToGet(given: Json | undefined): readonly Path[] | undefined {
  if (given === undefined || given === null) return undefined
  const names = listOf(given).map(String)
  if (names.length === 0)
    throw invalid(
      "1 validation error detected: Value '[]' at 'attributesToGet' failed to satisfy constraint: Member must have length greater than or equal to 1",
    )
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw invalid(`${WRONG}Duplicate value in attribute name: ${twice}`)
  return names.map((name) => [name])
}

/** AttributeUpdates as the actions of an UpdateExpression. */
export function legacyUpdate(given: Json | undefined): readonly UpdateAction[] | undefined {
  if (given === undefined || given === null) return undefined
  return entriesOf(given).map(([name, { Action = 'PUT', Value }]): UpdateAction => {
    const path = [name]
    if (Value === undefined) {
      if (Action === 'DELETE') return { kind: 'REMOVE', path }
      throw invalid(`${WRONG}Only DELETE action is allowed when no attribute value is specified`)
    }
    const value = attributeOf(Value)
    const type = typeOf(value)
    if (Action === 'PUT') return { kind: 'SET', path, term: { kind: 'value', value } }
    if (Action === 'DELETE' && !/^[SNB]S$/.test(type))
      throw invalid(`${WRONG}DELETE action with value is not supported for the type ${type}`)
    if (Action === 'ADD' && !/^([SNB]S|N|L)$/.test(type))
      throw invalid(`${WRONG}ADD action is not supported for the type ${type}`)
    if (Action === 'ADD' || Action === 'DELETE') return { kind: Action, path, value }
    throw invalid(
      `1 validation error detected: Value '${String(Action)}' at 'attributeUpdates.${name}.member.action' failed to satisfy constraint: Member must satisfy enum value set: [ADD, DELETE, PUT]`,
    )
  })
}

function entriesOf(given: Json | undefined): [string, JsonObject][] {
  if (given === undefined || given === null) return []
  if (!isJsonObject(given) || !Object.values(given).every(isJsonObject)) throw malformed('Unexpected field type')
  return Object.entries(given) as [string, JsonObject][]
}

const attribute = (name: string): Operand => ({ kind: 'path', path: [name] })

function joined(parts: readonly Condition[], any: boolean): Condition | undefined {
  return parts.length === 0 ? undefined : { kind: any ? 'or' : 'and', parts }
}
