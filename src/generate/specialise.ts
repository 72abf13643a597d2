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

function chosen(root: JsonObject, whole: JsonObject, value: Json): JsonObject {
  const schema = decided(root, whole, value)
  const ways = listOf(schema['anyOf'] ?? schema['oneOf']).map((way) => resolve({ root }, way))
  if (ways.length === 0) return schema
  const { anyOf: _any, oneOf: _one, ...rest } = schema
  const taken = ways.find((way) => checker(root, way)(value)) ?? ways[0]!
  return chosen(root, { ...rest, ...taken }, value)
}

/** With what a condition asks of this value in place of the condition. */
function decided(root: JsonObject, schema: JsonObject, value: Json): JsonObject {
  const { if: condition, then, else: otherwise, ...rest } = schema
  if (!isJsonObject(condition)) return schema
  const asked = checker(root, condition)(value) ? then : otherwise
  return isJsonObject(asked) ? overlaid(rest, asked) : rest
}

/** Both, where the second says of some properties what the first does not. */
function overlaid(first: JsonObject, second: JsonObject): JsonObject {
  const made: Record<string, Json> = { ...first, ...second }
  if (Array.isArray(first['required'])) made['required'] = [...listOf(first['required']), ...listOf(second['required'])]
  if (!isJsonObject(first['properties']) || !isJsonObject(second['properties'])) return made
  const properties: Record<string, Json> = { ...first['properties'] }
  for (const [key, asked] of Object.entries(second['properties'])) {
    const before = properties[key]
    properties[key] = isJsonObject(before) && isJsonObject(asked) ? overlaid(before, asked) : asked
  }
  return { ...made, properties }
}
