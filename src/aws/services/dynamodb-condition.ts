import type { JsonObject } from '../../model/index.js'
import { joined } from './dynamodb-boolean.js'
import { checkCall, checkComparison, checkCondition } from './dynamodb-check.js'
import { invalid } from './dynamodb-error.js'
import type { ExpressionAttributes } from './dynamodb-names.js'
import { ExpressionReader, type Path } from './dynamodb-path.js'

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: JsonObject }
  | { readonly kind: 'size'; readonly of: Operand }

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>='
export type FunctionName = 'attribute_exists' | 'attribute_not_exists' | 'attribute_type' | 'begins_with' | 'contains'

/** A condition, filter or key condition as it was written. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly inner: Condition }
  | { readonly kind: 'compare'; readonly sign: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly subject: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly subject: Operand; readonly choices: readonly Operand[] }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Operand[] }

const COMPARATORS: readonly string[] = ['=', '<>', '<', '<=', '>', '>=']
// Nesting is bounded by the 4 KB of the text; this keeps the stack small besides.
const DEEPEST = 200
// Conditions that stand in parentheses of their own
const ENCLOSED = new WeakSet<Condition>()

/** Reads an expression; throws DynamoError when DynamoDB would refuse it. */
export function parseCondition(text: string, attributes: ExpressionAttributes): Condition {
  const reader = new ExpressionReader(text, attributes)
  const condition = either(reader, 0)
  if (!reader.ended) throw reader.problem()
  return condition
}

const either = (reader: ExpressionReader, depth: number): Condition => joined(reader, () => single(reader, depth))

function single(reader: ExpressionReader, depth: number): Condition {
  if (depth > DEEPEST) throw invalid('The expression is nested too deep')
  if (reader.accept('NOT')) return { kind: 'not', inner: single(reader, depth + 1) }
  if (reader.accept('(')) {
    const inner = either(reader, depth + 1)
    reader.expect(')')
    if (ENCLOSED.has(inner)) throw invalid('The expression has redundant parentheses;')
    ENCLOSED.add(inner)
    return inner
  }
  const name = reader.peek() === 'size' ? undefined : reader.acceptCall()
  const condition = name === undefined ? comparison(reader) : call(name, reader)
  checkCondition(condition)
  return condition
}

function call(name: string, reader: ExpressionReader): Condition {
  const args = reader.peek() === ')' ? [] : [operand(reader)]
  while (reader.accept(',')) args.push(operand(reader))
  reader.expect(')')
  return { kind: 'call', name: checkCall(name, args), args }
}

function comparison(reader: ExpressionReader): Condition {
  const subject = operand(reader)
  if (reader.accept('BETWEEN')) {
    const low = operand(reader)
    reader.expect('AND')
    return { kind: 'between', subject, low, high: operand(reader) }
  }
  if (reader.accept('IN')) return { kind: 'in', subject, choices: choicesOf(reader) }
  if (!COMPARATORS.includes(reader.peek() ?? '')) throw reader.problem()
  const sign = reader.next() as Comparator
  const right = operand(reader)
  checkComparison(sign, subject, right)
  return { kind: 'compare', sign, left: subject, right }
}

function choicesOf(reader: ExpressionReader): Operand[] {
  reader.expect('(')
  const choices = [operand(reader)]
  while (reader.accept(',')) choices.push(operand(reader))
  reader.expect(')')
  // AWS: at most 100 operands
  if (choices.length > 100)
    throw invalid(
      `Incorrect number of operands for operator or function; operator or function: IN, number of operands: ${choices.length + 1}`,
    )
  return choices
}

function operand(reader: ExpressionReader): Operand {
  const value = reader.value()
  if (value !== undefined) return { kind: 'value', value }
  const name = reader.acceptCall()
  if (name === undefined) {
    if (reader.accept('(')) {
      const inner = operand(reader)
      reader.expect(')')
      return inner
    }
    return { kind: 'path', path: reader.path() }
  }
  if (name !== 'size')
    throw invalid(`The function is not allowed to be used this way in an expression; function: ${checkCall(name, [])}`)
  const of = operand(reader)
  reader.expect(')')
  return { kind: 'size', of }
}
