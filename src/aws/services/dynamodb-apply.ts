import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { invalid } from './dynamodb-error.js'
import { addDecimals, decimalOf, decimalText } from './dynamodb-number.js'
import { type Path, valueAt } from './dynamodb-path.js'
import type { UpdateAction, UpdateTerm } from './dynamodb-update.js'
import { type Item, typeOf } from './dynamodb-value.js'

const WRONG_TYPE = 'An operand in the update expression has an incorrect data type'

/** The item after an update; right-hand sides see it as it was. Throws DynamoError. */
export function applyUpdate(before: Item, actions: readonly UpdateAction[]): Item {
  const changes = actions.map((action) => ({ path: action.path, value: newValue(action, before) }))
  const after = structuredClone(before) as Record<string, JsonObject>
  for (const { path, value } of changes.filter((change) => change.value !== undefined).sort(byPath)) place(after, path, value)
  // From behind, so that indexes mean the list as it was.
  for (const { path } of changes
    .filter((change) => change.value === undefined)
    .sort(byPath)
    .reverse())
    place(after, path, undefined)
  return after
}

function byPath({ path: a }: { path: Path }, { path: b }: { path: Path }): number {
  const at = a.findIndex((part, i) => part !== b[i])
  const [x, y] = [a[at], b[at]]
  if (typeof x === 'number' && typeof y === 'number') return x - y
  return String(x) < String(y) ? -1 : Number(String(x) > String(y))
}

function newValue(action: UpdateAction, before: Item): JsonObject | undefined {
  switch (action.kind) {
    case 'REMOVE':
      return undefined
    case 'SET':
      return evaluate(action.term, before)
    case 'ADD':
      return added(valueAt(before, action.path), action.value)
    case 'DELETE':
      return without(valueAt(before, action.path), action.value)
    default:
      return action satisfies never
  }
}

function evaluate(term: UpdateTerm, before: Item): JsonObject {
  switch (term.kind) {
    case 'value':
      return term.value
    case 'path': {
      const found = valueAt(before, term.path)
      if (found !== undefined) return found
      throw invalid('The provided expression refers to an attribute that does not exist in the item')
    }
    case 'if_not_exists':
      return valueAt(before, term.path) ?? evaluate(term.otherwise, before)
    case 'list_append': {
      const [left, right] = [evaluate(term.left, before).L, evaluate(term.right, before).L]
      if (Array.isArray(left) && Array.isArray(right)) return { L: [...left, ...right] as Json[] }
      throw invalid(WRONG_TYPE)
    }
    case '+':
    case '-':
      return plus(evaluate(term.left, before), evaluate(term.right, before), term.kind === '+' ? 1 : -1)
    default:
      return term satisfies never
  }
}

function plus(left: JsonObject, right: JsonObject, sign: 1 | -1): JsonObject {
  if (typeof left.N !== 'string' || typeof right.N !== 'string') throw invalid(WRONG_TYPE)
  return { N: decimalText(addDecimals(decimalOf(left.N), decimalOf(right.N), sign)) }
}

function added(old: JsonObject | undefined, operand: JsonObject): JsonObject {
  if (old === undefined) return operand
  if (operand.N !== undefined) return plus(old, operand, 1)
  return sets(old, operand, (a, b) => [...new Set([...a, ...b])])!
}

const without = (old: JsonObject | undefined, operand: JsonObject): JsonObject | undefined =>
  old === undefined ? undefined : sets(old, operand, (a, b) => a.filter((member) => !b.includes(member)))

// AWS: a set that becomes empty is no attribute any more
function sets(old: JsonObject, operand: JsonObject, merge: (a: readonly Json[], b: readonly Json[]) => Json[]) {
  const type = typeOf(operand)
  if (type !== typeOf(old)) throw invalid(WRONG_TYPE)
  const members = merge(old[type] as readonly Json[], operand[type] as readonly Json[])
  return members.length === 0 ? undefined : { [type]: members }
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
  } else throw invalid('The document path provided in the update expression is invalid for update')
}
