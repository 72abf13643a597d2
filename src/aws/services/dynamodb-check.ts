import type { Comparator, Condition, FunctionName, Operand } from './dynamodb-condition.js'
import { invalid } from './dynamodb-error.js'
import { pathText } from './dynamodb-path.js'
import { canonical, orderOf, typeOf } from './dynamodb-value.js'

const ARGUMENTS: Readonly<Record<FunctionName, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
}
// Functions of update expressions: known, but not here.
const ELSEWHERE = ['if_not_exists', 'list_append', 'size']
const TYPES = ['B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'N', 'NS', 'S', 'M']
const LONG: Readonly<Record<string, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  L: 'LIST',
  M: 'MAP',
}

export const longType = (type: string): string => LONG[type] ?? type

export const wrongType = (operator: string, type: string) =>
  invalid(`Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`)

/** The function's name, when it is one with this many arguments of these types. */
export function checkCall(name: string, args: readonly Operand[]): FunctionName {
  if (ELSEWHERE.includes(name))
    throw invalid(`The function is not allowed to be used this way in an expression; function: ${name}`)
  if (!Object.hasOwn(ARGUMENTS, name)) throw invalid(`Invalid function name; function: ${name}`)
  const known = name as FunctionName
  if (args.length === 0) return known
  if (args.length !== ARGUMENTS[known])
    throw invalid(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${args.length}`,
    )
  checkArguments(known, args[0]!, args[1])
  return known
}

function checkArguments(name: FunctionName, first: Operand, second: Operand | undefined): void {
  if (second === undefined && first.kind !== 'path')
    throw invalid(`Operator or function requires a document path; operator or function: ${name}`)
  if (name === 'begins_with')
    for (const argument of [first, second!])
      if (argument.kind === 'value' && !['S', 'B'].includes(typeOf(argument.value)))
        throw wrongType(name, longType(typeOf(argument.value)))
  if (name === 'attribute_type') {
    const type = second!.kind === 'value' ? second!.value : undefined
    if (typeOf(type) !== 'S') throw wrongType(name, longType(typeOf(type)))
    if (!TYPES.includes(String(type!.S)))
      throw invalid(`Invalid attribute type name found; type: ${String(type!.S)}, valid types: {${TYPES.join(',')}}`)
  }
  if (second !== undefined) checkDistinct(name, first, [second])
}

/** Refuses an order between values that have none, and a comparison of a thing with itself. */
export function checkComparison(sign: Comparator, left: Operand, right: Operand): void {
  checkDistinct(sign, left, [right])
  if (sign === '=' || sign === '<>') return
  for (const side of [left, right]) checkOrdered(sign, side)
}

function checkOrdered(sign: string, side: Operand): void {
  if (side.kind === 'value' && !['S', 'N', 'B'].includes(typeOf(side.value))) throw wrongType(sign, longType(typeOf(side.value)))
}

function checkDistinct(operator: string, first: Operand, rest: readonly Operand[]): void {
  if (first.kind !== 'path' || !rest.some((other) => other.kind === 'path' && pathText(other.path) === pathText(first.path)))
    return
  throw invalid(
    `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${pathText(first.path)}`,
  )
}

/** What is wrong with one condition besides its syntax. */
export function checkCondition(condition: Condition): void {
  if (condition.kind === 'in') checkDistinct('IN', condition.subject, condition.choices)
  if (condition.kind !== 'between') return
  const { subject, low, high } = condition
  checkDistinct('BETWEEN', subject, [low, high])
  for (const side of [subject, low, high]) checkOrdered('BETWEEN', side)
  if (low.kind !== 'value' || high.kind !== 'value') return
  const bounds = `lower bound operand: AttributeValue: ${canonical(low.value)}, upper bound operand: AttributeValue: ${canonical(high.value)}`
  if (typeOf(low.value) !== typeOf(high.value))
    throw invalid(`The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`)
  if (orderOf(low.value, high.value)! > 0)
    throw invalid(`The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`)
}
