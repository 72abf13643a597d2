import type { JsonObject } from '../../model/index.js'
import type { Comparator, Condition, FunctionName, Operand } from './dynamodb-condition.js'
import { valueAt } from './dynamodb-path.js'
import { canonical, type Item, isSame, orderOf, typeOf } from './dynamodb-value.js'

/** True when the condition holds for an item. */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(part, item))
    case 'or':
      return condition.parts.some((part) => holds(part, item))
    case 'not':
      return !holds(condition.inner, item)
    case 'compare':
      return compares(condition.sign, at(condition.left, item), at(condition.right, item))
    case 'between': {
      const subject = at(condition.subject, item)
      return compares('>=', subject, at(condition.low, item)) && compares('<=', subject, at(condition.high, item))
    }
    case 'in':
      return condition.choices.some((choice) => isSame(at(condition.subject, item), at(choice, item)))
    case 'call':
      return callHolds(condition.name, at(condition.args[0]!, item), condition.args[1] && at(condition.args[1], item))
    default:
      return condition satisfies never
  }
}

/** The value of an operand; undefined when the item has none. */
export function at(operand: Operand, item: Item): JsonObject | undefined {
  if (operand.kind === 'value') return operand.value
  return operand.kind === 'path' ? valueAt(item, operand.path) : sizeOf(at(operand.of, item))
}

function sizeOf(value: JsonObject | undefined): JsonObject | undefined {
  const type = typeOf(value)
  const inner = value?.[type]
  if (typeof inner === 'string') {
    if (type === 'N') return undefined
    return { N: String(type === 'B' ? Buffer.byteLength(inner, 'base64') : inner.length) }
  }
  return typeof inner === 'object' && inner !== null ? { N: String(Object.keys(inner).length) } : undefined
}

export function compares(sign: Comparator, left: JsonObject | undefined, right: JsonObject | undefined): boolean {
  if (sign === '=') return isSame(left, right)
  // AWS: an attribute that is not there is different from every value
  if (sign === '<>') return !isSame(left, right)
  const order = orderOf(left, right)
  if (order === undefined) return false
  switch (sign) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    default:
      return sign satisfies never
  }
}

function callHolds(name: FunctionName, subject: JsonObject | undefined, argument: JsonObject | undefined): boolean {
  switch (name) {
    case 'attribute_exists':
      return subject !== undefined
    case 'attribute_not_exists':
      return subject === undefined
    case 'attribute_type':
      return typeOf(subject) === String(argument?.S)
    case 'begins_with':
      return beginsWith(subject, argument)
    case 'contains':
      return containsValue(subject, argument)
    default:
      return name satisfies never
  }
}

function beginsWith(subject: JsonObject | undefined, prefix: JsonObject | undefined): boolean {
  const [text, start] = [bytesOf(subject), bytesOf(prefix)]
  if (text === undefined || start === undefined || typeOf(subject) !== typeOf(prefix)) return false
  return text.subarray(0, start.length).equals(start)
}

function bytesOf(value: JsonObject | undefined): Buffer | undefined {
  if (typeof value?.S === 'string') return Buffer.from(value.S)
  return typeof value?.B === 'string' ? Buffer.from(value.B, 'base64') : undefined
}

function containsValue(whole: JsonObject | undefined, part: JsonObject | undefined): boolean {
  if (whole === undefined || part === undefined) return false
  const [text, inner] = [bytesOf(whole), bytesOf(part)]
  if (text !== undefined) return inner !== undefined && typeOf(whole) === typeOf(part) && text.includes(inner)
  if (Array.isArray(whole.L)) return whole.L.some((member) => canonical(member) === canonical(part))
  const type = typeOf(part)
  const set = whole[`${type}S`]
  return Array.isArray(set) && set.includes(part[type])
}
