import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { ExpressionError, ExpressionReader, type Item, valueAt } from './dynamodb-path.js'

type Path = readonly (string | number)[]

/** The item after an UpdateExpression, and the names of the top attributes it touched. */
export interface Updated {
  readonly item: Item
  readonly touched: readonly string[]
}

/** Applies SET, REMOVE, ADD and DELETE; right-hand sides see the item as it was. */
export function applyUpdate(before: Item, text: string, params: JsonObject): Updated {
  const reader = new ExpressionReader(text, params)
  const after = structuredClone(before) as Record<string, JsonObject>
  const touched: string[] = []
  while (!reader.ended) {
    const clause = reader.accept('SET', 'REMOVE', 'ADD', 'DELETE')
    if (clause === undefined) throw new ExpressionError(`Syntax error; token: "${reader.next()}"`)
    do {
      const path = reader.path()
      touched.push(String(path[0]))
      place(after, path, newValue(clause, reader, before, path))
    } while (reader.accept(','))
  }
  return { item: after, touched }
}

function newValue(clause: string, reader: ExpressionReader, before: Item, path: Path): JsonObject | undefined {
  if (clause === 'REMOVE') return undefined
  if (clause === 'SET') {
    reader.expect('=')
    return sum(reader, before)
  }
  const operand = reader.value()
  if (operand === undefined) throw new ExpressionError(`Syntax error; token: "${reader.next()}"`)
  const old = valueAt(before, path)
  return clause === 'ADD' ? added(old, operand) : without(old, operand)
}

function sum(reader: ExpressionReader, before: Item): JsonObject {
  const left = term(reader, before)
  const sign = reader.accept('+', '-')
  if (sign === undefined) return left
  const right = term(reader, before)
  return numberValue(left, right, sign === '+' ? 1 : -1)
}

function term(reader: ExpressionReader, before: Item): JsonObject {
  const value = reader.value()
  if (value !== undefined) return value
  const name = reader.acceptCall('if_not_exists', 'list_append')
  if (name === undefined) {
    const found = valueAt(before, reader.path())
    if (found !== undefined) return found
    throw new ExpressionError('The provided expression refers to an attribute that does not exist in the item')
  }
  const first = name === 'if_not_exists' ? valueAt(before, reader.path()) : term(reader, before)
  reader.expect(',')
  const second = term(reader, before)
  reader.expect(')')
  if (name === 'if_not_exists') return first ?? second
  if (Array.isArray(first?.L) && Array.isArray(second.L)) return { L: [...first.L, ...second.L] as Json[] }
  throw new ExpressionError('An operand in the update expression has an incorrect data type')
}

function numberValue(left: JsonObject, right: JsonObject, sign: 1 | -1): JsonObject {
  if (typeof left.N === 'string' && typeof right.N === 'string') return { N: String(Number(left.N) + sign * Number(right.N)) }
  throw new ExpressionError('An operand in the update expression has an incorrect data type')
}

function added(old: JsonObject | undefined, operand: JsonObject): JsonObject {
  if (old === undefined) return operand
  if (operand.N !== undefined) return numberValue(old, operand, 1)
  return sets(old, operand, (a, b) => [...new Set([...a, ...b])])
}

const without = (old: JsonObject | undefined, operand: JsonObject): JsonObject | undefined =>
  old === undefined ? undefined : sets(old, operand, (a, b) => a.filter((member) => !b.includes(member)))

function sets(old: JsonObject, operand: JsonObject, merge: (a: readonly Json[], b: readonly Json[]) => Json[]): JsonObject {
  const type = ['SS', 'NS', 'BS'].find((name) => Array.isArray(operand[name]) && Array.isArray(old[name]))
  if (type === undefined) throw new ExpressionError('An operand in the update expression has an incorrect data type')
  return { [type]: merge(old[type] as readonly Json[], operand[type] as readonly Json[]) }
}

/** Puts a value at a path whose parent must exist; undefined removes it. */
function place(item: Record<string, JsonObject>, path: Path, value: JsonObject | undefined): void {
  const last = path.at(-1)!
  const parent: JsonObject | undefined = path.length === 1 ? { M: item } : valueAt(item, path.slice(0, -1))
  const holder = typeof last === 'number' ? parent?.L : parent?.M
  if (typeof last === 'number' && Array.isArray(holder)) {
    const list = holder as Json[]
    if (value === undefined) list.splice(last, 1)
    // AWS: an index past the end appends
    else list[Math.min(last, list.length)] = value
  } else if (typeof last === 'string' && isJsonObject(holder)) {
    if (value === undefined) delete (holder as Record<string, Json>)[last]
    else Object.defineProperty(holder, last, { value, writable: true, enumerable: true, configurable: true })
  } else throw new ExpressionError('The document path provided in the update expression is invalid for update')
}
