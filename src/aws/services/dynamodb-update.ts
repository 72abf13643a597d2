import type { JsonObject } from '../../model/index.js'
import { longType } from './dynamodb-check.js'
import { invalid } from './dynamodb-error.js'
import type { ExpressionAttributes } from './dynamodb-names.js'
import { checkOverlap, ExpressionReader, type Path } from './dynamodb-path.js'
import { typeOf } from './dynamodb-value.js'

export type UpdateTerm =
  | { readonly kind: 'value'; readonly value: JsonObject }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: UpdateTerm }
  | { readonly kind: 'list_append' | '+' | '-'; readonly left: UpdateTerm; readonly right: UpdateTerm }

/** One thing that an update does, at one path. */
export type UpdateAction =
  | { readonly kind: 'SET'; readonly path: Path; readonly term: UpdateTerm }
  | { readonly kind: 'REMOVE'; readonly path: Path }
  | { readonly kind: 'ADD' | 'DELETE'; readonly path: Path; readonly value: JsonObject }

const CLAUSES = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const

/** Reads an UpdateExpression; throws DynamoError when DynamoDB would refuse it. */
export function parseUpdate(text: string, attributes: ExpressionAttributes): readonly UpdateAction[] {
  const reader = new ExpressionReader(text, attributes)
  const actions: UpdateAction[] = []
  const seen = new Set<string>()
  while (!reader.ended) {
    const clause = reader.accept(...CLAUSES) as (typeof CLAUSES)[number] | undefined
    if (clause === undefined) throw reader.problem()
    if (seen.has(clause)) throw invalid(`The "${clause}" section can only be used once in an update expression;`)
    seen.add(clause)
    do actions.push(action(clause, reader))
    while (reader.accept(','))
  }
  checkOverlap(actions.map(({ path }) => path))
  return actions
}

function action(kind: UpdateAction['kind'], reader: ExpressionReader): UpdateAction {
  const path = reader.path()
  if (kind === 'REMOVE') return { kind, path }
  if (kind === 'SET') {
    reader.expect('=')
    return { kind, path, term: sum(reader) }
  }
  const value = reader.value()
  if (value === undefined) throw reader.problem()
  const type = typeOf(value)
  const fits = /^[SNB]S$/.test(type) || (kind === 'ADD' && type === 'N')
  if (!fits) throw invalid(`Incorrect operand type for operator or function; operator: ${kind}, operand type: ${longType(type)}`)
  return { kind, path, value }
}

function sum(reader: ExpressionReader): UpdateTerm {
  const left = term(reader)
  const sign = reader.accept('+', '-') as '+' | '-' | undefined
  if (sign === undefined) return left
  const right = term(reader)
  for (const side of [left, right]) checkOperand(sign, side, 'N')
  return { kind: sign, left, right }
}

function term(reader: ExpressionReader): UpdateTerm {
  const value = reader.value()
  if (value !== undefined) return { kind: 'value', value }
  if (reader.accept('(')) {
    const inner = sum(reader)
    reader.expect(')')
    return inner
  }
  const name = reader.acceptCall()
  if (name === undefined) return { kind: 'path', path: reader.path() }
  const args = [sum(reader)]
  while (reader.accept(',')) args.push(sum(reader))
  reader.expect(')')
  return call(name, args)
}

const KNOWN_ELSEWHERE = ['attribute_exists', 'attribute_not_exists', 'attribute_type', 'begins_with', 'contains', 'size']

function call(name: string, args: readonly UpdateTerm[]): UpdateTerm {
  if (KNOWN_ELSEWHERE.includes(name)) throw invalid(`The function is not allowed in an update expression; function: ${name}`)
  if (name !== 'if_not_exists' && name !== 'list_append') throw invalid(`Invalid function name; function: ${name}`)
  const [left, right] = args
  if (args.length !== 2)
    throw invalid(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${args.length}`,
    )
  if (name === 'list_append') {
    for (const side of args) checkOperand(name, side, 'L')
    return { kind: name, left: left!, right: right! }
  }
  if (left!.kind !== 'path') throw invalid(`Operator or function requires a document path; operator or function: ${name}`)
  return { kind: name, path: left!.path, otherwise: right! }
}

function checkOperand(operator: string, side: UpdateTerm, type: string): void {
  const found = side.kind === 'value' ? typeOf(side.value) : side.kind === 'list_append' ? 'L' : ''
  if (found !== '' && found !== type)
    throw invalid(`Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${found}`)
}
