import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { unknownValue } from '../unknown-value.js'
import { call } from './calls.js'
import { binary, unary } from './operators.js'
import { type Expression, type ForExpression, parseTemplate } from './syntax.js'
import { ExpressionError } from './tokens.js'

/** Something that has attributes but is no value itself: `var`, a module, a resource that is only deployed later. */
export interface Space {
  readonly isSpace: true
  get(key: string | number): Value
  /** What it is as a value. */
  readonly value: Json
}

export type Value = Json | Space

/** What names mean at some place. */
export interface Names {
  find(name: string): Value | undefined
  /** Files that `file()` and `templatefile()` read, and `path.module`. */
  readonly readFile: (relative: string) => string | undefined
  /** Counts the work of a whole project, and throws when it is too much. */
  readonly step: () => void
}

/** A project whose expressions make more of it than can be read. */
export class TooMuch extends Error {}

export const isSpace = (value: Value | undefined): value is Space =>
  typeof value === 'object' && value !== null && (value as { isSpace?: unknown }).isSpace === true

/** True for a value that CloudFormation's reader has to finish: a reference, or something that is not known. */
export const isSymbolic = (value: Json): value is JsonObject => {
  if (!isJsonObject(value)) return false
  const [key, ...more] = Object.keys(value)
  return more.length === 0 && (key === 'Ref' || key?.startsWith('Fn::') === true)
}

export const isUnknown = (value: Json): boolean => isJsonObject(value) && 'Fn::ImportValue' in value

/** True where a reference is anywhere in a value. */
export const holdsSymbols = (value: Json): boolean =>
  isSymbolic(value) ||
  (Array.isArray(value)
    ? (value as readonly Json[]).some(holdsSymbols)
    : isJsonObject(value) && Object.values(value).some(holdsSymbols))

/** Key under which a mapping keeps that it has entries that are not known. */
export const MORE = '(more)'

/** True where a part of a value will never be known here. */
export const holdsUnknown = (value: Json): boolean => JSON.stringify(value).includes('{"Fn::ImportValue":')

export const plain = (value: Value): Json => (isSpace(value) ? value.value : value)

/** A value from a file, with all texts in it evaluated. */
export function evaluateAll(value: Json, names: Names): Json {
  names.step()
  if (typeof value === 'string') return evaluateText(value, names)
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => evaluateAll(each, names))
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).map(([key, each]) => [keyOf(key, names), evaluateAll(each, names)] as const)
  return Object.fromEntries(entries)
}

const keyOf = (key: string, names: Names): string => (key.includes('${') ? textOf(evaluateText(key, names)) : key)

const textOf = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** A text with `${...}`; what we cannot read has no value, and why. */
export function evaluateText(text: string, names: Names): Json {
  if (!/[$%]\{/.test(text)) return text
  try {
    return plain(evaluate(parseTemplate(text), names))
  } catch (error) {
    if (error instanceof ExpressionError) return unknownValue(`${shortened(text)}: ${error.message}`)
    if (error instanceof RangeError) return unknownValue(`${shortened(text)} is nested too deeply`)
    throw error
  }
}

export const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 77)}...` : line
}

export function evaluate(expression: Expression, names: Names): Value {
  names.step()
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'template':
      return joined(expression.parts.map((part) => plain(evaluate(part, names))))
    case 'name':
      return named(expression.name, names)
    case 'get':
      return attributeOf(evaluate(expression.from, names), plain(evaluate(expression.key, names)))
    case 'splat':
      return splat(
        evaluate(expression.from, names),
        expression.keys.map((key) => plain(evaluate(key, names))),
      )
    case 'call':
      return called(expression, names)
    case 'list':
      return expression.entries.map((entry) => plain(evaluate(entry, names)))
    case 'object':
      return objectOf(expression.entries, names)
    case 'for':
      return repeated(expression, names)
    case 'choice':
      return chosen(expression, names)
    case 'binary':
      return binary(expression.sign, plain(evaluate(expression.left, names)), () => plain(evaluate(expression.right, names)))
    case 'unary':
      return unary(expression.sign, plain(evaluate(expression.of, names)))
    default:
      return expression satisfies never
  }
}

function objectOf(entries: readonly (readonly [Expression, Expression])[], names: Names): Json {
  return Object.fromEntries(entries.map(([key, value]) => [textOf(plain(evaluate(key, names))), plain(evaluate(value, names))]))
}

function named(name: string, names: Names): Value {
  const found = names.find(name)
  return found === undefined ? unknownValue(`${name} is not understood`) : found
}

const LONGEST = 1024 * 1024

/** Parts of a text; where one is only known later, CloudFormation's reader joins them. */
function joined(parts: readonly Json[]): Json {
  if (parts.some((part) => typeof part === 'object' && part !== null))
    return { 'Fn::Join': ['', parts.map((part) => part ?? '')] }
  const text = parts.map((part) => String(part ?? '')).join('')
  if (text.length > LONGEST) throw new TooMuch('its expressions make a text that is too long')
  return text
}

export function attributeOf(from: Value, key: Json): Value {
  if (isSpace(from))
    return typeof key === 'string' || typeof key === 'number' ? from.get(key) : unknownValue('an index is not known')
  if (isSymbolic(from)) return unknownValue(`${String(key)} of ${whyUnknown(from)}`)
  if (typeof key !== 'string' && typeof key !== 'number') return unknownValue('an index is not known')
  if (Array.isArray(from)) return (from as readonly Json[])[Number(key)] ?? unknownValue(`there is no entry ${key}`)
  // Blocks are lists of one in JSON: `aws_x.y.environment.variables` leaves the index out.
  if (isJsonObject(from) && Object.hasOwn(from, key)) return from[key]!
  return unknownValue(`there is no ${key}`)
}

const whyUnknown = (value: JsonObject): string => String(value['Fn::ImportValue'] ?? JSON.stringify(value))

function splat(from: Value, keys: readonly Json[]): Json {
  const list = isSpace(from) ? null : from
  if (list !== null && isSymbolic(list)) return list
  const all: readonly Value[] = isSpace(from)
    ? instancesOf(from)
    : Array.isArray(list)
      ? (list as readonly Json[])
      : list === null
        ? []
        : [list]
  return all.map((each) => plain(keys.reduce<Value>(attributeOf, each)))
}

const instancesOf = (space: Space): readonly Value[] => ('instances' in space ? (space.instances as readonly Value[]) : [space])

/** `for` over a resource sees its instances by key. */
function elementsOf(over: Value): readonly (readonly [Json, Value])[] | undefined {
  if (isSpace(over) && 'keys' in over) return (over.keys as readonly (string | number)[]).map((key) => [key, over.get(key)])
  const value = plain(over)
  if (isSymbolic(value)) return undefined
  if (Array.isArray(value)) return (value as readonly Json[]).map((each, index) => [index, each])
  return isJsonObject(value) ? Object.entries(value).filter(([key]) => key !== MORE) : undefined
}

function repeated(expression: ForExpression, names: Names): Json {
  const elements = elementsOf(evaluate(expression.over, names))
  if (elements === undefined) return unknownValue('what a for goes over is not known')
  const keys: string[] = []
  const values: Json[] = []
  for (const [key, value] of elements) {
    const [first, second] = expression.names
    const bound: ReadonlyMap<string, Value> =
      second === undefined
        ? new Map([[first!, value]])
        : new Map<string, Value>([
            [first!, key],
            [second, value],
          ])
    const inner = withNames(names, bound)
    if (expression.when !== null && plain(evaluate(expression.when, inner)) === false) continue
    if (expression.key !== null) keys.push(textOf(plain(evaluate(expression.key, inner))))
    values.push(plain(evaluate(expression.value, inner)))
  }
  if (expression.key === null) return values
  if (!expression.grouped) return Object.fromEntries(values.map((value, index) => [keys[index]!, value]))
  const groups = new Map<string, Json[]>()
  for (const [index, value] of values.entries()) groups.set(keys[index]!, [...(groups.get(keys[index]!) ?? []), value])
  return Object.fromEntries(groups)
}

/** Names with some more of them. */
export const withNames = (names: Names, more: ReadonlyMap<string, Value>): Names => ({
  ...names,
  find: (name) => (more.has(name) ? more.get(name) : names.find(name)),
})

function chosen({ when, yes, no }: Expression & { kind: 'choice' }, names: Names): Value {
  const decided = plain(evaluate(when, names))
  if (typeof decided === 'boolean') return evaluate(decided ? yes : no, names)
  if (decided === 'true' || decided === 'false') return evaluate(decided === 'true' ? yes : no, names)
  return unknownValue(`a condition is not known (${isSymbolic(decided) ? whyUnknown(decided) : 'no boolean'})`)
}

function called({ name, inputs, spread }: Expression & { kind: 'call' }, names: Names): Json {
  // These look at values that may be none: the first that is one wins.
  if (name === 'try' || name === 'coalesce') {
    for (const input of inputs) {
      const value = plain(evaluate(input, names))
      if (!isUnknown(value) && value !== null && !(name === 'coalesce' && value === '')) return value
    }
    return inputs.length === 0 ? null : plain(evaluate(inputs.at(-1)!, names))
  }
  if (name === 'can') return !isUnknown(plain(evaluate(inputs[0] ?? { kind: 'literal', value: null }, names)))
  const values = inputs.map((input) => plain(evaluate(input, names)))
  const last = values.at(-1)
  if (spread && Array.isArray(last)) values.splice(-1, 1, ...(last as readonly Json[]))
  return call(name, values, names)
}
