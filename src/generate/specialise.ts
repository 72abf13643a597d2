import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { checker } from './check-value.js'
import { childSchema, listOf, resolve } from './schema.js'

/**
 * The schema with, for every choice, the branch that a valid value took, down to the value's own leaves: broken in one place, the
 * value then has errors of that place alone, not those of branches that it never meant.
 */
export function specialise(root: JsonObject, raw: JsonObject, value: Json): JsonObject {
  const schema = chosen(root, resolve({ root }, raw), value)
  if (Array.isArray(value) && isJsonObject(schema['items'])) {
    // Each item may have taken a branch of its own.
    const items = value.map((item) => specialise(root, childSchema({ root }, schema, '0'), item))
    return { ...schema, prefixItems: items }
  }
  if (!isJsonObject(value)) return schema
  const properties: Record<string, Json> = { ...(isJsonObject(schema['properties']) ? schema['properties'] : {}) }
  for (const key of Object.keys(value)) {
    const child = childSchema({ root }, schema, key)
    if (Object.keys(child).length === 0) continue
    const made = specialise(root, child, value[key]!)
    Object.defineProperty(properties, key, { value: made, writable: true, enumerable: true, configurable: true })
  }
  return { ...schema, properties }
}

function chosen(root: JsonObject, schema: JsonObject, value: Json): JsonObject {
  const ways = listOf(schema['anyOf'] ?? schema['oneOf']).map((way) => resolve({ root }, way))
  if (ways.length === 0) return schema
  const { anyOf: _any, oneOf: _one, ...rest } = schema
  const taken = ways.find((way) => checker(root, way)(value)) ?? ways[0]!
  return chosen(root, { ...rest, ...taken }, value)
}
