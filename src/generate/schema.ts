import { isJsonObject, type Json, type JsonObject } from '../model/index.js'

/** A JSON Schema 2020-12 document whose `$ref`s all stay inside it. */
export interface Schemas {
  readonly root: JsonObject
}

/** Follows `$ref`; siblings of the reference are laid over what it points to. */
export function resolve(schemas: Schemas, schema: Json | undefined): JsonObject {
  if (!isJsonObject(schema)) return {}
  const ref = schema['$ref']
  if (typeof ref !== 'string') return schema
  const { $ref: _ref, ...siblings } = schema
  return { ...resolve(schemas, referred(schemas.root, ref)), ...siblings }
}

/** What a reference within a document points to; throws where that is nothing. `pointer` is where the reference stands. */
export function referred(root: JsonObject, ref: string, pointer = ''): Json {
  let value: Json | undefined = ref === '#' || ref.startsWith('#/') ? root : undefined
  for (const written of ref.split('/').slice(1)) {
    const token = decodeURIComponent(written).replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(value)) value = value[Number(token)] as Json | undefined
    else value = isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined
  }
  if (value === undefined) throw new Error(`The schema cannot be compiled: ${pointer}/$ref is ${ref}, which it does not hold`)
  return value
}

export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

export const typesOf = (schema: JsonObject): readonly string[] => {
  const type = schema['type']
  return typeof type === 'string' ? [type] : listOf(type).filter((t): t is string => typeof t === 'string')
}

/** The branch of an anyOf that a value was made by: told by its constants and keys, else by its type. */
export function branchFor(schemas: Schemas, schema: JsonObject, value: Json): JsonObject {
  const branches = listOf(schema['anyOf'] ?? schema['oneOf']).map((branch) => resolve(schemas, branch))
  if (branches.length === 0) return schema
  const { anyOf: _any, oneOf: _one, ...rest } = schema
  const chosen = branches.find((branch) => fits(schemas, branch, value)) ?? branches[0]!
  return branchFor(schemas, { ...rest, ...chosen }, value)
}

function fits(schemas: Schemas, branch: JsonObject, value: Json): boolean {
  if ('const' in branch) return branch['const'] === value
  const types = typesOf(branch)
  if (types.length > 0 && !types.includes(typeOf(value)) && !(types.includes('integer') && Number.isInteger(value))) return false
  if (!isJsonObject(value)) return true
  const properties = isJsonObject(branch['properties']) ? branch['properties'] : {}
  if (listOf(branch['required']).some((key) => !Object.hasOwn(value, String(key)))) return false
  return Object.entries(properties).every(([key, sub]) => {
    const constant = resolve(schemas, sub)
    return !('const' in constant) || !Object.hasOwn(value, key) || constant['const'] === value[key]
  })
}

const typeOf = (value: Json): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

/** Schema of a property of an object, or of the items of an array. */
export function childSchema(schemas: Schemas, schema: JsonObject, key: string): JsonObject {
  const properties = schema['properties']
  if (isJsonObject(properties) && Object.hasOwn(properties, key)) return resolve(schemas, properties[key])
  if (isJsonObject(schema['items']) && /^\d+$/.test(key)) return resolve(schemas, schema['items'])
  return resolve(schemas, schema['additionalProperties'])
}
