import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { listOf } from './schema.js'

/**
 * A schema that says by name and by place what it says of all further properties and items, as far as `other` names them: what is
 * further in one of two schemas is not in both together.
 */
export const spelledOut = (schema: JsonObject, other: JsonObject): JsonObject => withItems(withProperties(schema, other), other)

const objectIn = (schema: JsonObject, keyword: string): JsonObject => {
  const value = schema[keyword]
  return isJsonObject(value) ? value : {}
}

function withProperties(schema: JsonObject, other: JsonObject): JsonObject {
  const further = schema['additionalProperties']
  if (further === undefined || further === true) return schema
  const [own, patterns] = [objectIn(schema, 'properties'), Object.keys(objectIn(schema, 'patternProperties'))]
  const isNamed = (key: string) => Object.hasOwn(own, key) || patterns.some((pattern) => new RegExp(pattern, 'u').test(key))
  const more = Object.keys(objectIn(other, 'properties')).filter((key) => !isNamed(key))
  const spelled: JsonObject =
    more.length === 0 ? schema : { ...schema, properties: { ...own, ...Object.fromEntries(more.map((key) => [key, further])) } }
  // Which names fit a pattern of the other one shows in the value only.
  const fits = Object.keys(objectIn(other, 'patternProperties')).some((pattern) => !patterns.includes(pattern))
  if (!fits) return spelled
  const { patternProperties = {} } = schema
  const check = { properties: own, patternProperties, additionalProperties: further }
  return { ...spelled, allOf: [...listOf(schema['allOf']), check] }
}

function withItems(schema: JsonObject, other: JsonObject): JsonObject {
  const further = schema['items']
  const [own, length] = [listOf(schema['prefixItems']), listOf(other['prefixItems']).length]
  if (further === undefined || further === true || length <= own.length) return schema
  return { ...schema, prefixItems: [...own, ...Array.from({ length: length - own.length }, (): Json => further)] }
}
