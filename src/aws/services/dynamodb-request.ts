import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { type Condition, parseCondition } from './dynamodb-condition.js'
import { invalid, malformed } from './dynamodb-error.js'
import { attributesToGet, expectedCondition, filterCondition, legacyUpdate } from './dynamodb-legacy.js'
import { ExpressionAttributes, within } from './dynamodb-names.js'
import type { Path } from './dynamodb-path.js'
import { parseProjection } from './dynamodb-projection.js'
import { parseUpdate, type UpdateAction } from './dynamodb-update.js'
import { checkShape } from './dynamodb-value.js'

/** Everything that the expressions of one request say, legacy parameters included. */
export interface Expressions {
  readonly condition?: Condition
  readonly key?: Condition
  readonly filter?: Condition
  readonly projection?: readonly Path[]
  readonly update?: readonly UpdateAction[]
}

// Each expression, and the older parameters that say the same
const EXPRESSIONS = [
  'UpdateExpression',
  'ConditionExpression',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
]
const LEGACY = [
  'AttributesToGet',
  'AttributeUpdates',
  'Expected',
  'QueryFilter',
  'ScanFilter',
  'ConditionalOperator',
  'KeyConditions',
]
const ENUMS: Readonly<Record<string, readonly string[]>> = {
  ReturnValues: ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'],
  ReturnConsumedCapacity: ['INDEXES', 'TOTAL', 'NONE'],
  ReturnItemCollectionMetrics: ['SIZE', 'NONE'],
  ReturnValuesOnConditionCheckFailure: ['ALL_OLD', 'NONE'],
  Select: ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'],
  ConditionalOperator: ['OR', 'AND'],
}
const STRINGS = [...EXPRESSIONS, ...Object.keys(ENUMS), 'TableName', 'IndexName']
const INTEGERS = ['Limit', 'Segment', 'TotalSegments']
const BOOLEANS = ['ConsistentRead', 'ScanIndexForward']
const LEAST: Readonly<Record<string, number>> = { Limit: 1, Segment: 0, TotalSegments: 1 }

/** A constraint of the API that a parameter does not meet, in AWS's words. */
export const constraint = (name: string, value: Json | undefined, says: string) =>
  invalid(
    `1 validation error detected: Value ${value === undefined || value === null ? 'null' : `'${String(value)}'`} at '${name[0]!.toLowerCase()}${name.slice(1)}' failed to satisfy constraint: ${says}`,
  )

/** Refuses parameters of the wrong type or outside of their constraints; `required` are those that must be there. */
export function checkParams(params: JsonObject, required: readonly string[]): void {
  for (const [name, value] of Object.entries(params)) if (value !== null) checkType(name, value)
  checkShapes(params)
  for (const name of required)
    if (params[name] === undefined || params[name] === null) throw constraint(name, null, 'Member must not be null')
  checkName(params, 'TableName')
  checkName(params, 'IndexName')
  for (const [name, values] of Object.entries(ENUMS)) {
    const value = params[name]
    if (typeof value === 'string' && !values.includes(value))
      throw constraint(name, value, `Member must satisfy enum value set: [${values.join(', ')}]`)
  }
  for (const [name, least] of Object.entries(LEAST)) {
    const value = params[name]
    if (typeof value === 'number' && value < least)
      throw constraint(name, value, `Member must have value greater than or equal to ${least}`)
  }
}

const MAPS = ['Item', 'Key', 'ExclusiveStartKey', 'ExpressionAttributeValues']

/** Refuses attribute values without the shape of any, wherever a request has some. */
export function checkShapes(params: JsonObject): void {
  for (const name of MAPS) {
    const map = params[name]
    if (isJsonObject(map)) for (const value of Object.values(map)) checkShape(value)
  }
  const { AttributeUpdates: updates } = params
  for (const entry of isJsonObject(updates) ? Object.values(updates) : [])
    if (isJsonObject(entry) && isJsonObject(entry.Value)) checkShape(entry.Value)
}

function checkType(name: string, value: Json): void {
  const wanted = STRINGS.includes(name)
    ? 'String'
    : INTEGERS.includes(name)
      ? 'Integer'
      : BOOLEANS.includes(name)
        ? 'Boolean'
        : ''
  if (wanted === '' || typeof value === (wanted === 'Integer' ? 'number' : wanted.toLowerCase())) return
  if (typeof value === 'object') throw malformed('Start of structure or map found where not expected')
  const type =
    typeof value === 'string'
      ? 'STRING_VALUE'
      : typeof value === 'number'
        ? 'NUMBER_VALUE'
        : `${String(value).toUpperCase()}_VALUE`
  throw malformed(`${type} cannot be converted to ${wanted}`)
}

// AWS: 1 to 1,024 characters, since an ARN may stand here
function checkName(params: JsonObject, what: string): void {
  const name = params[what]
  if (typeof name !== 'string' || name.startsWith('arn:')) return
  if (name.length < 1 || name.length > 1024)
    throw constraint(
      what,
      name,
      `Member must have length ${name === '' ? 'greater than or equal to 1' : 'less than or equal to 1024'}`,
    )
  if (!/^[\w.-]+$/.test(name)) throw constraint(what, name, 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+')
}

/** Reads all expressions of a request; throws DynamoError for what one of them has wrong, and for unused names and values. */
export function expressionsOf(params: JsonObject): Expressions {
  const given = EXPRESSIONS.filter((name) => params[name] !== undefined && params[name] !== null)
  const legacy = LEGACY.filter((name) => params[name] !== undefined && params[name] !== null)
  if (
    given.length > 0 &&
    legacy.length > 0 &&
    !(legacy.join() === 'KeyConditions' && params.KeyConditionExpression === undefined)
  )
    throw invalid(
      `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${legacy.join(', ')}} Expression parameters: {${given.join(', ')}}`,
    )
  if (given.length === 0) {
    if (isJsonObject(params.ExpressionAttributeNames))
      throw invalid('ExpressionAttributeNames can only be specified when using expressions')
  }
  if (isJsonObject(params.ExpressionAttributeValues) && given.every((name) => name === 'ProjectionExpression'))
    throw invalid('ExpressionAttributeValues can only be specified when using expressions')
  const attributes = new ExpressionAttributes(params)
  const parsed = parsedOf(params, attributes)
  attributes.checkUsed()
  return { ...legacyOf(params), ...parsed }
}

function parsedOf(params: JsonObject, attributes: ExpressionAttributes): Expressions {
  const parsed = <T>(name: string, parse: (text: string, attributes: ExpressionAttributes) => T): T | undefined => {
    const text = params[name]
    if (typeof text !== 'string') return undefined
    return within(`Invalid ${name}: `, '', () => parse(text, attributes))
  }
  const update = parsed('UpdateExpression', parseUpdate)
  const condition = parsed('ConditionExpression', parseCondition)
  const key = parsed('KeyConditionExpression', parseCondition)
  const filter = parsed('FilterExpression', parseCondition)
  const projection = parsed('ProjectionExpression', parseProjection)
  return {
    ...(update && { update }),
    ...(condition && { condition }),
    ...(key && { key }),
    ...(filter && { filter }),
    ...(projection && { projection }),
  }
}

function legacyOf(params: JsonObject): Expressions {
  const any = params.ConditionalOperator === 'OR'
  const condition = expectedCondition(params.Expected, any)
  const key = filterCondition(params.KeyConditions, false)
  const filter = filterCondition(params.QueryFilter ?? params.ScanFilter, any)
  const projection = attributesToGet(params.AttributesToGet)
  const update = legacyUpdate(params.AttributeUpdates)
  return {
    ...(condition && { condition }),
    ...(key && { key }),
    ...(filter && { filter }),
    ...(projection && { projection }),
    ...(update && { update }),
  }
}
