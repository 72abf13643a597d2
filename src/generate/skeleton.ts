import fc from 'fast-check'
import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { compile } from './compile.js'
import { listOf, resolve, typesOf } from './schema.js'

const DEEPEST = 6
const SLOT = '{{canary}}'

/** A small benign value of a schema that the user's project gives: every property once, a marker wherever free text may stand. */
export const skeletonOf = (schema: JsonObject): Json => of(schema, schema, 0)

function of(raw: Json | undefined, root: JsonObject, depth: number): Json {
  const schema = known(raw, root)
  if (schema === undefined || depth > DEEPEST) return SLOT
  if (schema['const'] !== undefined) return schema['const']
  const [value] = [...listOf(schema['enum']), ...listOf(schema['examples'])]
  if (value !== undefined) return value
  const [branch] = ['oneOf', 'anyOf', 'allOf'].flatMap((key) => listOf(schema[key]))
  return branch !== undefined && schema['properties'] === undefined ? of(branch, root, depth + 1) : ofType(schema, root, depth)
}

function ofType(schema: JsonObject, root: JsonObject, depth: number): Json {
  const type = typesOf(schema).find((one) => one !== 'null')
  switch (type ?? (schema['properties'] === undefined ? 'string' : 'object')) {
    case 'object': {
      const properties = isJsonObject(schema['properties']) ? schema['properties'] : {}
      return Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, of(one, root, depth + 1)]))
    }
    case 'array': {
      const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 1
      return Array.from({ length: Math.min(Math.max(least, 1), 5) }, () => of(schema['items'], root, depth + 1))
    }
    case 'integer':
    case 'number':
    case 'boolean':
      return sampled(schema, 1)
    default:
      return isFree(schema) ? SLOT : sampled(schema, SLOT)
  }
}

/** The schema behind a reference; undefined for what is none, or points nowhere. */
function known(schema: Json | undefined, root: JsonObject): JsonObject | undefined {
  try {
    return isJsonObject(schema) ? resolve({ root }, schema) : undefined
  } catch {
    return undefined
  }
}

const isFree = (schema: JsonObject): boolean =>
  !['pattern', 'format', 'maxLength'].some((key) => schema[key] !== undefined) ||
  (schema['pattern'] === undefined && schema['format'] === undefined && Number(schema['maxLength']) >= 13)

/** One value of the schema, always the same; `otherwise` for a schema that nothing can be made of. */
function sampled(schema: JsonObject, otherwise: Json): Json {
  try {
    return (fc.sample(compile(schema, schema), { seed: 7, numRuns: 1 })[0] as Json | undefined) ?? otherwise
  } catch {
    return otherwise
  }
}
