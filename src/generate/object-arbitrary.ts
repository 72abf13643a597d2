import fc from 'fast-check'
import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import type { Part } from './array-arbitrary.js'
import { Bounded } from './bounded.js'
import { checker } from './check-value.js'
import { ChoiceOf, ListOf } from './list.js'
import { isNothing } from './merge-schemas.js'
import { MapOf, PairOf } from './quick.js'
import { type Entry, type Field, oneFieldOf, RecordOf } from './record.js'
import { listOf, typesOf } from './schema.js'
import { Unsatisfiable } from './unsatisfiable.js'

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
  // Exactly one of many, as in DynamoDB's values: hardly any subset would be right.
  if (least === 1 && most === 1 && required.size === 0 && named.length > 0 && !hasMore(schema)) return oneFieldOf(named)
  const made = new RecordOf(named, extras)
  const unsure = unsureOf(schema, part, named.length, required.size)
  return unsure.length === 0 ? made : new Bounded(made, checker(root, schema), pointer, unsure.join(', '))
}

/** Further properties than the named ones may be there. */
const hasMore = (schema: JsonObject): boolean => 'patternProperties' in schema || isJsonObject(schema['additionalProperties'])

/** Required properties that no list names are made of what further properties must be. */
function namedEntries({ root, schema, pointer, sub, small }: Part, required: ReadonlySet<string>): Field[] {
  const properties = objectIn(schema, 'properties')
  const nameFits = 'propertyNames' in schema ? checker(root, { allOf: [schema['propertyNames'] ?? true] }) : () => true
  // Deep down only what has to be there, and of that what ends there.
  let spare = small ? Math.max(0, numberOr(schema['minProperties'], 0) - required.size) : Number.POSITIVE_INFINITY
  const keys = [...new Set([...required, ...Object.keys(properties)])]
  return (small ? keys.sort((a, b) => depthOf(properties[a]) - depthOf(properties[b])) : keys).flatMap((key): Field[] => {
    const at = `${pointer}/properties/${key}`
    const needed = required.has(key)
    if (!needed && spare <= 0) return []
    try {
      if (!nameFits(key)) throw new Unsatisfiable(at, 'propertyNames refuses its name')
      const value = sub(schemaOf(schema, key), at)
      if (!needed) spare--
      return [{ key, value, needed: needed || small }]
    } catch (error) {
      if (error instanceof Unsatisfiable && !needed) return []
      throw error
    }
  })
}

/** Scalars end at once. */
const depthOf = (schema: Json | undefined): number =>
  isJsonObject(schema) && typesOf(schema).every((type) => type !== 'object' && type !== 'array') && !('$ref' in schema) ? 0 : 1

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
    possible(
      () =>
        new PairOf(
          sub({ type: 'string', pattern }, `${pointer}/patternProperties`),
          sub(value, `${pointer}/patternProperties/${pattern}`),
        ),
    ),
  )
  const more = schema['additionalProperties']
  if (isJsonObject(more) || ((more === undefined || more === true) && least > 0)) {
    const names = isJsonObject(schema['propertyNames']) ? { type: 'string', ...schema['propertyNames'] } : NAMES
    ways.push(
      ...possible(() => new PairOf(sub(names, `${pointer}/propertyNames`), sub(more ?? true, `${pointer}/additionalProperties`))),
    )
  }
  const [minLength, maxLength] = [least, Math.min(small ? least : Math.max(4, least), Math.max(0, room))]
  if (ways.length === 0 || maxLength === 0 || minLength > maxLength) return fc.constant([])
  const entries = ways.length === 1 ? ways[0]! : new ChoiceOf(ways)
  const list = new MapOf(new ListOf(entries, { minLength, maxLength }), (made) =>
    distinct(made).filter(([name]) => !taken.has(name)),
  )
  if (minLength === 0) return list
  // fast-check's own lists of different items never end when there are too few.
  const enough = (made: Json) => Array.isArray(made) && made.length >= minLength
  return new Bounded(list as unknown as fc.Arbitrary<Json>, enough, pointer, 'minProperties') as unknown as fc.Arbitrary<
    readonly Entry[]
  >
}

const distinct = (entries: readonly (readonly [Json, Json])[]): readonly Entry[] =>
  entries.length < 2 ? entries.map(named) : [...new Map(entries.map(named))]
const named = ([name, value]: readonly [Json, Json]): Entry => [String(name), value]

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
