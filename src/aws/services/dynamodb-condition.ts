import type { JsonObject } from '../../model/index.js'
import { canonical, ExpressionError, ExpressionReader, type Item, valueAt } from './dynamodb-path.js'

/** A condition, filter or key condition, ready to be asked of items. */
export type Condition = (item: Item) => boolean
type Operand = (item: Item) => JsonObject | undefined

const FUNCTIONS = ['attribute_exists', 'attribute_not_exists', 'attribute_type', 'begins_with', 'contains'] as const
const COMPARATORS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (o) => o < 0,
  '<=': (o) => o <= 0,
  '>': (o) => o > 0,
  '>=': (o) => o >= 0,
}
// Nesting is bounded by the 4 KB of the text; this keeps the stack small besides.
const DEEPEST = 200

/** Reads an expression; throws ExpressionError when DynamoDB would refuse it. */
export function parseCondition(text: string, params: JsonObject): Condition {
  const reader = new ExpressionReader(text, params)
  const condition = either(reader, 0)
  if (!reader.ended) throw new ExpressionError(`Syntax error; token: "${reader.next()}"`)
  return condition
}

function either(reader: ExpressionReader, depth: number): Condition {
  if (depth > DEEPEST) throw new ExpressionError('The expression is nested too deep')
  let left = both(reader, depth)
  while (reader.accept('OR')) {
    const first = left
    const second = both(reader, depth)
    left = (item) => first(item) || second(item)
  }
  return left
}

function both(reader: ExpressionReader, depth: number): Condition {
  let left = single(reader, depth)
  while (reader.accept('AND')) {
    const first = left
    const second = single(reader, depth)
    left = (item) => first(item) && second(item)
  }
  return left
}

function single(reader: ExpressionReader, depth: number): Condition {
  if (depth > DEEPEST) throw new ExpressionError('The expression is nested too deep')
  if (reader.accept('NOT')) {
    const inner = single(reader, depth + 1)
    return (item) => !inner(item)
  }
  if (reader.accept('(')) {
    const inner = either(reader, depth + 1)
    reader.expect(')')
    return inner
  }
  const name = reader.acceptCall(...FUNCTIONS) as (typeof FUNCTIONS)[number] | undefined
  return name === undefined ? comparison(reader) : call(name, reader)
}

function call(name: (typeof FUNCTIONS)[number], reader: ExpressionReader): Condition {
  const subject = operand(reader)
  const argument = reader.accept(',') ? operand(reader) : () => undefined
  reader.expect(')')
  switch (name) {
    case 'attribute_exists':
      return (item) => subject(item) !== undefined
    case 'attribute_not_exists':
      return (item) => subject(item) === undefined
    case 'attribute_type':
      return (item) => Object.hasOwn(subject(item) ?? {}, String(argument(item)?.S))
    case 'begins_with':
      return (item) => textIn(subject(item)).startsWith(textIn(argument(item)) || '\0')
    case 'contains':
      return (item) => containsValue(subject(item), argument(item))
    default:
      return name satisfies never
  }
}

function comparison(reader: ExpressionReader): Condition {
  const left = operand(reader)
  if (reader.accept('BETWEEN')) {
    const low = operand(reader)
    reader.expect('AND')
    const high = operand(reader)
    return (item) => (order(left(item), low(item)) ?? -1) >= 0 && (order(left(item), high(item)) ?? 1) <= 0
  }
  if (reader.accept('IN')) return isIn(left, reader)
  const sign = reader.next()
  const right = operand(reader)
  if (sign === '=') return (item) => isSame(left(item), right(item))
  if (sign === '<>') return (item) => !isSame(left(item), right(item))
  const holds = COMPARATORS[sign]
  if (holds === undefined) throw new ExpressionError(`Syntax error; token: "${sign}"`)
  return (item) => {
    const o = order(left(item), right(item))
    return o !== undefined && holds(o)
  }
}

function isIn(left: Operand, reader: ExpressionReader): Condition {
  reader.expect('(')
  const choices = [operand(reader)]
  while (reader.accept(',')) choices.push(operand(reader))
  reader.expect(')')
  return (item) => choices.some((choice) => isSame(left(item), choice(item)))
}

function operand(reader: ExpressionReader): Operand {
  const value = reader.value()
  if (value !== undefined) return () => value
  const size = reader.acceptCall('size')
  const path = reader.path()
  if (size === undefined) return (item) => valueAt(item, path)
  reader.expect(')')
  return (item) => {
    const found = Object.values(valueAt(item, path) ?? {})[0]
    if (typeof found === 'string' || Array.isArray(found)) return { N: String(found.length) }
    return typeof found === 'object' && found !== null ? { N: String(Object.keys(found).length) } : undefined
  }
}

const textIn = (value: JsonObject | undefined): string => (typeof value?.S === 'string' ? value.S : '')
const isSame = (a: JsonObject | undefined, b: JsonObject | undefined): boolean =>
  a !== undefined && b !== undefined && canonical(a) === canonical(b)

/** Negative, zero or positive; undefined for values that have no order between them. */
function order(a: JsonObject | undefined, b: JsonObject | undefined): number | undefined {
  if (typeof a?.N === 'string' && typeof b?.N === 'string') return Number(a.N) - Number(b.N)
  const [x, y] = [a?.S ?? a?.B, b?.S ?? b?.B]
  if (typeof x !== 'string' || typeof y !== 'string') return undefined
  return x < y ? -1 : Number(x > y)
}

function containsValue(whole: JsonObject | undefined, part: JsonObject | undefined): boolean {
  if (whole === undefined || part === undefined) return false
  if (typeof whole.S === 'string') return typeof part.S === 'string' && whole.S.includes(part.S)
  if (Array.isArray(whole.L)) return whole.L.some((member) => canonical(member) === canonical(part))
  const set = whole.SS ?? whole.NS ?? whole.BS
  return Array.isArray(set) && set.includes(Object.values(part)[0])
}
