import fc from 'fast-check'
import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { listOf, resolve, type Schemas, typesOf } from './schema.js'
import { stringArbitrary } from './strings.js'

/** JSON Schema (the part our own schemas use) to an arbitrary of valid values. Own keys such as `__proto__` are made as own keys. */
export function compile(root: JsonObject, schema: JsonObject): fc.Arbitrary<Json> {
  return arbitraryOf({ root }, resolve({ root }, schema))
}

function arbitraryOf(schemas: Schemas, schema: JsonObject): fc.Arbitrary<Json> {
  if ('const' in schema) return fc.constant(schema['const'] as Json)
  if ('enum' in schema) return fc.constantFrom(...listOf(schema['enum']))
  const branches = listOf(schema['anyOf'] ?? schema['oneOf'])
  if (branches.length > 0) return fc.oneof(...branches.map((branch) => arbitraryOf(schemas, resolve(schemas, branch))))
  const types = typesOf(schema)
  return fc.oneof(...(types.length > 0 ? types : ['string']).map((type) => ofType(schemas, schema, type)))
}

function ofType(schemas: Schemas, schema: JsonObject, type: string): fc.Arbitrary<Json> {
  switch (type) {
    case 'string':
      return stringArbitrary(schema)
    case 'integer':
      return fc.integer({ min: numberOr(schema['minimum'], -1e9), max: numberOr(schema['maximum'], 1e9) })
    case 'number':
      return fc.oneof(
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.double({ min: -1e9, max: 1e9, noNaN: true, noDefaultInfinity: true }),
      )
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return arrayOf(schemas, schema)
    case 'object':
      return objectOf(schemas, schema)
    default:
      throw new Error(`The schema compiler knows no type '${type}'`)
  }
}

function arrayOf(schemas: Schemas, schema: JsonObject): fc.Arbitrary<Json> {
  const items = arbitraryOf(schemas, resolve(schemas, schema['items']))
  const minLength = numberOr(schema['minItems'], 0)
  const maxLength = numberOr(schema['maxItems'], minLength + 3)
  if (schema['uniqueItems'] !== true) return fc.array(items, { minLength, maxLength })
  return fc.uniqueArray(items, { minLength, maxLength, selector: (item) => JSON.stringify(item) })
}

function objectOf(schemas: Schemas, schema: JsonObject): fc.Arbitrary<Json> {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {}
  const required = new Set(listOf(schema['required']))
  const named = Object.entries(properties).map(([key, sub]) => {
    const value = arbitraryOf(schemas, resolve(schemas, sub)).map((v): readonly [string, Json] => [key, v])
    return required.has(key) ? value : fc.option(value, { nil: undefined, freq: 2 })
  })
  const fixed = fc.tuple(...named)
  if (!isJsonObject(schema['additionalProperties'])) return fixed.map((entries) => fromEntries(entries))
  return fc.tuple(fixed, extrasOf(schemas, schema)).map(([entries, extras]) => fromEntries([...entries, ...extras]))
}

function extrasOf(schemas: Schemas, schema: JsonObject): fc.Arbitrary<readonly (readonly [string, Json])[]> {
  const names = isJsonObject(schema['propertyNames'])
    ? stringArbitrary({ ...schema['propertyNames'], type: 'string' })
    : fc.string({ minLength: 1, maxLength: 12 })
  const values = arbitraryOf(schemas, resolve(schemas, schema['additionalProperties']))
  return fc.uniqueArray(fc.tuple(names, values), {
    minLength: numberOr(schema['minProperties'], 0),
    maxLength: numberOr(schema['maxProperties'], 4),
    selector: ([name]) => name,
  })
}

function fromEntries(entries: readonly (readonly [string, Json] | undefined)[]): JsonObject {
  const made: Record<string, Json> = {}
  for (const entry of entries) {
    if (entry === undefined) continue
    Object.defineProperty(made, entry[0], { value: entry[1], writable: true, enumerable: true, configurable: true })
  }
  return made
}

const numberOr = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback)
