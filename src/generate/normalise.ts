import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { mergeSchemas, NOTHING } from './merge-schemas.js'
import { listOf, referred } from './schema.js'
import { Unsatisfiable } from './unsatisfiable.js'

/** A schema whose references and `allOf` are worked in, in the forms that a value may take: one for each way through its branches. */
export interface Form {
  readonly schema: JsonObject
  /** Keywords left that only a check of the made value can decide. */
  readonly unsure: readonly string[]
}

const MOST_FORMS = 64
/** What no form can say by itself. */
const CHECKED = ['not', 'dependentSchemas', 'unevaluatedProperties', 'unevaluatedItems', 'allOf']

/** Every form of a schema that is not a contradiction; Unsatisfiable when there is none. */
export function formsOf(root: JsonObject, raw: Json, pointer: string): readonly Form[] {
  const flat = flatten(root, raw, pointer, new Set())
  const forms = branches(root, flat, pointer).slice(0, MOST_FORMS)
  return forms.map((schema) => ({ schema, unsure: CHECKED.filter((keyword) => schema[keyword] !== undefined) }))
}

/** References and `allOf` worked in. */
function flatten(root: JsonObject, raw: Json, pointer: string, seen: ReadonlySet<string>): JsonObject {
  if (raw === false) throw new Unsatisfiable(pointer, 'the schema is false')
  if (!isJsonObject(raw)) return {}
  const { $ref: ref, allOf, ...own } = raw
  if (raw['$dynamicRef'] !== undefined)
    throw new Error(
      `The schema cannot be compiled: what ${pointer}/$dynamicRef ${String(raw['$dynamicRef'])} means depends on the way there`,
    )
  let made: JsonObject = own
  if (typeof ref === 'string') {
    if (seen.has(ref)) throw new Unsatisfiable(pointer, `${ref} refers to itself without end`)
    const target = referred(root, ref, pointer)
    made = mergeSchemas(asPart(target, flatten(root, target, pointer, new Set([...seen, ref]))), made, pointer)
  }
  for (const [i, part] of listOf(allOf).entries())
    made = mergeSchemas(made, asPart(part, flatten(root, part, `${pointer}/allOf/${i}`, seen)), pointer)
  if (JSON.stringify(made['not']) === '{}' || made['not'] === true)
    throw new Unsatisfiable(pointer, 'nothing is left over by not')
  return made
}

/** What a part leaves unevaluated, it alone decides: it does not see what stands beside it. So the whole part is left to a check. */
function asPart(raw: Json, flat: JsonObject): JsonObject {
  if (!('unevaluatedProperties' in flat || 'unevaluatedItems' in flat)) return flat
  return { ...omit(flat, 'unevaluatedProperties', 'unevaluatedItems'), allOf: [...listOf(flat['allOf']), raw] }
}

function branches(root: JsonObject, schema: JsonObject, pointer: string): readonly JsonObject[] {
  const { anyOf, oneOf, if: condition, dependentRequired } = schema
  if (anyOf !== undefined) return oneOrMore(root, omit(schema, 'anyOf'), listOf(anyOf), `${pointer}/anyOf`)
  if (oneOf !== undefined) {
    const ways = listOf(oneOf)
    const found = oneOrMore(root, omit(schema, 'oneOf'), ways, `${pointer}/oneOf`)
    // Whether another branch fits too shows in the value only, unless types tell them apart.
    return ways.length < 2 || areApart(ways)
      ? found
      : found.map((one) => ({ ...one, allOf: [...listOf(one['allOf']), { oneOf }] }))
  }
  if (condition !== undefined) {
    const ways: readonly Json[] = [
      { allOf: [condition, schema['then'] ?? {}] },
      { allOf: [{ not: condition }, schema['else'] ?? {}] },
    ]
    return oneOrMore(root, omit(schema, 'if', 'then', 'else'), ways, `${pointer}/if`)
  }
  return isJsonObject(dependentRequired) ? dependent(root, schema, dependentRequired, pointer) : [schema]
}

/** Without the property, or with it and all that it asks for. */
function dependent(root: JsonObject, schema: JsonObject, wanted: JsonObject, pointer: string): readonly JsonObject[] {
  const [[key, needed] = ['', []], ...rest] = Object.entries(wanted)
  const base = omit(schema, 'dependentRequired')
  if (key === '') return [base]
  const others = rest.length === 0 ? base : { ...base, dependentRequired: Object.fromEntries(rest) }
  const ways: readonly Json[] = [{ required: [key, ...listOf(needed)] }, { properties: { [key]: NOTHING } }]
  return oneOrMore(root, others, ways, `${pointer}/dependentRequired`)
}

const omit = (schema: JsonObject, ...keywords: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)))

function oneOrMore(root: JsonObject, base: JsonObject, ways: readonly Json[], pointer: string): readonly JsonObject[] {
  let last: Unsatisfiable | undefined
  const found = ways.flatMap((way, i) => {
    try {
      const merged = mergeSchemas(base, asPart(way, flatten(root, way, `${pointer}/${i}`, new Set())), `${pointer}/${i}`)
      return branches(root, merged, `${pointer}/${i}`)
    } catch (error) {
      if (!(error instanceof Unsatisfiable)) throw error
      last = error
      return []
    }
  })
  if (found.length === 0) throw last ?? new Unsatisfiable(pointer, 'there is no branch')
  return found
}

/** Branches of one type each, all different. */
function areApart(ways: readonly Json[]): boolean {
  const types = ways.map((way) => (isJsonObject(way) && typeof way['type'] === 'string' ? way['type'] : undefined))
  return types.every((type) => type !== undefined && !/^(?:number|integer)$/.test(type)) && new Set(types).size === types.length
}
