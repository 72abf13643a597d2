import fc from 'fast-check'
import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import type { Part } from './array-arbitrary.js'
import { Bounded } from './bounded.js'
import { checker } from './check-value.js'
import { isNothing, Unsatisfiable } from './merge-schemas.js'
import { listOf } from './schema.js'

type Entry = readonly [string, Json]

const objectIn = (schema: JsonObject, keyword: string): JsonObject => {
  const value = schema[keyword]
  return isJsonObject(value) ? value : {}
}
const numberOr = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback)

/** Objects: named properties, and further ones where the schema says what they are. */
export function objectArbitrary(part: Part): fc.Arbitrary<Json> {
  const { root, schema, pointer } = part
  const required = new Set(listOf(schema['required']).map(String))
  const named = namedEntries(part, required)
  const least = Math.max(0, numberOr(schema['minProperties'], 0) - required.size)
  const most = numberOr(schema['maxProperties'], Number.POSITIVE_INFINITY)
  if (most < required.size) throw new Unsatisfiable(pointer, `${required.size} required properties are more than ${most}`)
  const extras = extraEntries(part, required, least, most - required.size)
  const made = fc.tuple(fc.tuple(...named), extras).map(([fixed, free]) => fromEntries([...fixed, ...free]))
  const unsure = unsureOf(schema, part, named.length, required.size)
  return unsure.length === 0 ? made : new Bounded(made, checker(root, schema), pointer, unsure.join(', '))
}

/** Required properties that no list names are made of what further properties must be. */
function namedEntries(
  { root, schema, pointer, sub, small }: Part,
  required: ReadonlySet<string>,
): fc.Arbitrary<Entry | undefined>[] {
  const properties = objectIn(schema, 'properties')
  const nameFits = 'propertyNames' in schema ? checker(root, { allOf: [schema['propertyNames'] ?? true] }) : () => true
  const keys = [...new Set([...Object.keys(properties), ...required])]
  return keys.flatMap((key): fc.Arbitrary<Entry | undefined>[] => {
    const at = `${pointer}/properties/${key}`
    const needed = required.has(key)
    if (!needed && small) return []
    try {
      if (!nameFits(key)) throw new Unsatisfiable(at, 'propertyNames refuses its name')
      const value = sub(schemaOf(schema, key), at).map((held): Entry => [key, held])
      return [needed ? value : fc.option(value, { nil: undefined, freq: 2 })]
    } catch (error) {
      if (error instanceof Unsatisfiable && !needed) return []
      throw error
    }
  })
}

/** What a property must be: what its name says, each pattern that its name fits, else what is said of further ones. */
function schemaOf(schema: JsonObject, key: string): Json {
  const properties = objectIn(schema, 'properties')
  const own = Object.hasOwn(properties, key) ? [properties[key]!] : []
  const patterns = Object.entries(objectIn(schema, 'patternProperties')).filter(([pattern]) => new RegExp(pattern, 'u').test(key))
  const parts = [...own, ...patterns.map(([, one]) => one)]
  if (parts.length === 0) return schema['additionalProperties'] ?? true
  return parts.length === 1 ? parts[0]! : { allOf: parts }
}

/** Further properties, where the schema says what they are like: by pattern, or all of them. */
function extraEntries(part: Part, required: ReadonlySet<string>, least: number, room: number): fc.Arbitrary<readonly Entry[]> {
  const { schema, pointer, sub, small } = part
  const taken = new Set([...Object.keys(objectIn(schema, 'properties')), ...required])
  const ways = Object.entries(objectIn(schema, 'patternProperties')).flatMap(([pattern, value]) =>
    possible(() =>
      fc.tuple(
        sub({ type: 'string', pattern }, `${pointer}/patternProperties`),
        sub(value, `${pointer}/patternProperties/${pattern}`),
      ),
    ),
  )
  const more = schema['additionalProperties']
  if (isJsonObject(more) || ((more === undefined || more === true) && least > 0)) {
    const names = isJsonObject(schema['propertyNames']) ? { type: 'string', ...schema['propertyNames'] } : NAMES
    ways.push(
      ...possible(() => fc.tuple(sub(names, `${pointer}/propertyNames`), sub(more ?? true, `${pointer}/additionalProperties`))),
    )
  }
  const [minLength, maxLength] = [least, Math.min(small ? least : Math.max(4, least), Math.max(0, room))]
  if (ways.length === 0 || maxLength === 0 || minLength > maxLength) return fc.constant([])
  const entries = (ways.length === 1 ? ways[0]! : fc.oneof(...ways)).map(([name, value]): Entry => [String(name), value])
  const list = fc.array(entries, { minLength, maxLength }).map((made) => distinct(made).filter(([name]) => !taken.has(name)))
  if (minLength === 0) return list
  // fast-check's own lists of different items never end when there are too few.
  const enough = (made: Json) => Array.isArray(made) && made.length >= minLength
  return new Bounded(list as unknown as fc.Arbitrary<Json>, enough, pointer, 'minProperties') as unknown as fc.Arbitrary<
    readonly Entry[]
  >
}

const distinct = (entries: readonly Entry[]): readonly Entry[] => [...new Map(entries)]

const NAMES: JsonObject = { type: 'string', minLength: 1, maxLength: 12 }

function possible<T>(make: () => T): readonly T[] {
  try {
    return [make()]
  } catch (error) {
    if (error instanceof Unsatisfiable) return []
    throw error
  }
}

/** Keywords that what was built may break: a check decides. */
function unsureOf(schema: JsonObject, { sub: _sub }: Part, named: number, required: number): readonly string[] {
  const patterned = Object.keys(objectIn(schema, 'patternProperties')).length > 0
  const extra = patterned || isJsonObject(schema['additionalProperties'])
  const optional = named - required
  return [
    ...(patterned ? ['patternProperties'] : []),
    ...('propertyNames' in schema && patterned ? ['propertyNames'] : []),
    ...(numberOr(schema['minProperties'], 0) > required && (named > 0 || !extra) ? ['minProperties'] : []),
    ...('maxProperties' in schema && optional > 0 ? ['maxProperties'] : []),
    ...(isNothing(schema['propertyNames']) ? ['propertyNames'] : []),
  ]
}

function fromEntries(entries: readonly (Entry | undefined)[]): JsonObject {
  const made: Record<string, Json> = {}
  for (const entry of entries) {
    if (entry === undefined) continue
    Object.defineProperty(made, entry[0], { value: entry[1], writable: true, enumerable: true, configurable: true })
  }
  return made
}
