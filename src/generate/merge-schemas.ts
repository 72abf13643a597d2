import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { narrowerFirst } from './pattern-text.js'
import { listOf, typesOf } from './schema.js'
import { spelledOut } from './spelled-out.js'
import { Unsatisfiable } from './unsatisfiable.js'

/** `false` as a schema, which refuses everything. */
export const NOTHING: JsonObject = { not: {} }

export const isNothing = (schema: Json | undefined): boolean =>
  schema === false || (isJsonObject(schema) && isDeepStrictEqual(schema['not'], {}))

/**
 * A schema that accepts just what both accept. What cannot be said in one schema is kept in `allOf`, for a check of the made value;
 * a contradiction that shows at once is Unsatisfiable. Sub-schemas must not hold references at their own level.
 */
export function mergeSchemas(one: JsonObject, other: JsonObject, pointer: string): JsonObject {
  const [a, b] = [spelledOut(one, other), spelledOut(other, one)]
  const made: Record<string, Json> = { ...a }
  const rest: Record<string, Json> = {}
  for (const [keyword, value] of Object.entries(b)) {
    const before = made[keyword]
    if (before === undefined || isDeepStrictEqual(before, value)) made[keyword] = value
    else if (keyword === 'pattern' && joined(before, value) !== undefined) made[keyword] = joined(before, value)!
    else if (keyword === 'pattern') [made[keyword], rest[keyword]] = narrowerFirst(String(before), String(value))
    else if (keyword in BOTH) made[keyword] = BOTH[keyword]!(before, value, `${pointer}/${keyword}`)
    else if (!keyword.startsWith('x-') && !ANNOTATIONS.has(keyword)) rest[keyword] = value
  }
  if (Object.keys(rest).length > 0) made['allOf'] = [...listOf(made['allOf']), rest]
  return made
}

const ANNOTATIONS = new Set(['title', 'description', '$comment', '$id', '$schema', '$defs', 'default', 'examples', 'deprecated'])

/** One says how a text begins, the other how it ends. */
function joined(a: Json, b: Json): string | undefined {
  const [one, other] = [String(a), String(b)]
  const [begin, end] = one.startsWith('^') ? [one, other] : [other, one]
  const fits = begin.startsWith('^') && !begin.endsWith('$') && end.endsWith('$') && !end.startsWith('^')
  return fits ? `${begin}.*${end}` : undefined
}

type Both = (a: Json, b: Json, pointer: string) => Json

const most: Both = (a, b) => Math.max(Number(a), Number(b))
const least: Both = (a, b) => Math.min(Number(a), Number(b))
const union: Both = (a, b) => [...new Set([...listOf(a), ...listOf(b)])]
const both: Both = (a, b) => {
  if (isNothing(a) || isNothing(b)) return NOTHING
  const parts = [a, b].filter((one) => one !== true)
  return parts.length === 1 ? parts[0]! : { allOf: parts }
}
const eachKey: Both = (a, b, pointer) => {
  const made: Record<string, Json> = { ...(a as JsonObject) }
  for (const [key, schema] of Object.entries(b as JsonObject))
    made[key] = Object.hasOwn(made, key) ? both(made[key]!, schema, `${pointer}/${key}`) : schema
  return made
}

/** Keywords of which two can be one. */
const BOTH: Readonly<Record<string, Both>> = {
  type: (a, b, pointer) => {
    const [one, other] = [typesOf({ type: a }), typesOf({ type: b })]
    const common = one.flatMap((type) => {
      if (other.includes(type)) return [type]
      if (type === 'integer' && other.includes('number')) return ['integer']
      return type === 'number' && other.includes('integer') ? ['integer'] : []
    })
    if (common.length === 0) throw new Unsatisfiable(pointer, `${one.join(' or ')} is not ${other.join(' or ')}`)
    return common
  },
  enum: (a, b, pointer) => {
    const common = listOf(a).filter((one) => listOf(b).some((other) => isDeepStrictEqual(one, other)))
    if (common.length === 0) throw new Unsatisfiable(pointer, 'the lists have no member in common')
    return common
  },
  const: (_a, _b, pointer) => {
    throw new Unsatisfiable(pointer, 'a value cannot be two constants')
  },
  minimum: most,
  maximum: least,
  exclusiveMinimum: most,
  exclusiveMaximum: least,
  minLength: most,
  maxLength: least,
  minItems: most,
  maxItems: least,
  minProperties: most,
  maxProperties: least,
  uniqueItems: (a, b) => a === true || b === true,
  required: union,
  properties: eachKey,
  patternProperties: eachKey,
  items: both,
  prefixItems: (a, b) => {
    const [one, other] = [listOf(a), listOf(b)]
    return Array.from({ length: Math.max(one.length, other.length) }, (_, i) => both(one[i] ?? true, other[i] ?? true, ''))
  },
  additionalProperties: both,
  propertyNames: both,
  allOf: (a, b) => [...listOf(a), ...listOf(b)],
}
