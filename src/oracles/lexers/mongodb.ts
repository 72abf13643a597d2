import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'

/** Where a command of MongoDB says which documents are meant, by the name of its member. */
const FILTERS = new Set(['filter', 'query', 'q', '$match', 'restrictSearchWithMatch'])
/** Members that are lists of filters. */
const LISTS = new Set(['arrayFilters'])
/** Join filters; below any other operator an operator is a value, or refused. */
const JOINS = new Set(['$and', '$or', '$nor'])
/** Hold operators for the same field, or (elements) filters for its members. */
const WRAPS = new Set(['$not', '$elemMatch'])
/** Members whose text the server runs as JavaScript, below the operator that says so where their name alone does not. */
const SCRIPTS = /^(?:[^/]*\/\$(?:where|code)|\$function\/body|\$accumulator\/(?:init|accumulate|merge|finalize))$/
const DEEPEST = 40

/** Filters of one command, in stages of pipelines too. */
export function* filtersIn(command: Json, depth = 0): Generator<JsonObject> {
  if (depth > DEEPEST) return
  if (Array.isArray(command)) for (const item of command) yield* filtersIn(item, depth + 1)
  if (!isJsonObject(command)) return
  for (const [name, value] of Object.entries(command)) {
    if (FILTERS.has(name) && isJsonObject(value)) yield value
    else if (LISTS.has(name) && Array.isArray(value)) yield* (value as readonly Json[]).filter(isJsonObject)
    else if (!DATA.has(name)) yield* filtersIn(value, depth + 1)
  }
}

/** What is stored, and no part of a condition. */
const DATA = new Set(['documents', 'u', 'update', 'updateMods', 'document', '$set', '$setOnInsert', '$addFields', '$project'])

/** An operator (`$ne`) that a filter compares with, and its operand. */
export interface Operator {
  readonly field: string
  readonly name: string
  readonly operand: Json
}

/**
 * Operators that stand where a field's value may stand, and so are obeyed: an object whose first name begins with a dollar. Any other
 * object is a whole document to compare with, whatever is in it.
 */
export function* operatorsIn(filter: JsonObject, depth = 0): Generator<Operator> {
  if (depth > DEEPEST) return
  for (const [name, value] of Object.entries(filter)) {
    if (JOINS.has(name)) {
      for (const part of Array.isArray(value) ? (value as readonly Json[]) : [])
        if (isJsonObject(part)) yield* operatorsIn(part, depth + 1)
    } else if (!name.startsWith('$')) yield* conditionsOf(name, value, depth)
  }
}

function* conditionsOf(field: string, condition: Json, depth: number): Generator<Operator> {
  if (!isJsonObject(condition) || depth > DEEPEST || Object.keys(condition)[0]?.startsWith('$') !== true) return
  for (const [name, operand] of Object.entries(condition)) {
    yield { field, name, operand }
    if (!WRAPS.has(name)) continue
    yield* conditionsOf(field, operand, depth + 1)
    if (name === '$elemMatch' && isJsonObject(operand)) yield* operatorsIn(operand, depth + 1)
  }
}

/** Texts of a command that the server runs. */
export function* scriptsIn(command: Json, path = '/', depth = 0): Generator<readonly [name: string, text: string]> {
  if (depth > DEEPEST) return
  const [, name = ''] = path.split('/')
  if (typeof command === 'string' && SCRIPTS.test(path)) yield [name, command]
  else if (Array.isArray(command)) for (const item of command) yield* scriptsIn(item, path, depth + 1)
  else if (isJsonObject(command))
    for (const [key, value] of Object.entries(command))
      if (!DATA.has(key)) yield* scriptsIn(value, `${name}/${key.replaceAll('/', '')}`, depth + 1)
}
