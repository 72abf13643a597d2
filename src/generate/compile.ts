import fc from 'fast-check'
import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { arrayArbitrary } from './array-arbitrary.js'
import { Bounded, Late } from './bounded.js'
import { bundled } from './bundle.js'
import { checker } from './check-value.js'
import { ChoiceOf, ListOf } from './list.js'
import { type Form, formsOf } from './normalise.js'
import { numberArbitrary } from './numbers.js'
import { objectArbitrary } from './object-arbitrary.js'
import { MapOf, PairOf, Replayed } from './quick.js'
import { listOf, typesOf } from './schema.js'
import { stringArbitrary } from './strings.js'
import { Unsatisfiable } from './unsatisfiable.js'

/** How deep references are followed with all that is optional, and how deep at all. */
const DEEP = 4
const DEEPEST = 24

/** Makes the arbitrary of a sub-schema. */
export type Visit = (schema: Json, pointer: string) => fc.Arbitrary<Json>

/**
 * JSON Schema 2020-12, whose references all stay inside `root`, to an arbitrary of valid values. Own keys such as `__proto__` are
 * made as own keys. Throws Unsatisfiable where no value can be valid, here or, where only trying tells, when values are asked for;
 * a plain Error names a keyword that means nothing.
 */
export function compile(root: JsonObject, schema: Json): fc.Arbitrary<Json> {
  const document = bundled(root)
  return new Replayed(visit({ root: document, depth: 0, known: new Map() }, schema === root ? document : schema, ''))
}

interface Walk {
  readonly root: JsonObject
  readonly depth: number
  /** By schema text and depth: a schema that is referred to in many places is compiled once. */
  readonly known: Map<string, fc.Arbitrary<Json>>
}

function visit(walk: Walk, schema: Json, pointer: string): fc.Arbitrary<Json> {
  const deeper = refers(schema) ? { ...walk, depth: walk.depth + 1 } : walk
  if (deeper.depth > DEEPEST) throw new Unsatisfiable(pointer, 'the schema requires itself without end')
  if (deeper === walk) return build(walk, schema, pointer)
  const key = `${deeper.depth}${JSON.stringify(schema)}`
  const known = walk.known.get(key)
  if (known !== undefined) return known
  // Near the bottom everything is built at once, so that a way that never ends is seen and left out.
  const made = deeper.depth > DEEP ? build(deeper, schema, pointer) : new Late(() => build(deeper, schema, pointer))
  walk.known.set(key, made)
  return made
}

const refers = (schema: Json): boolean =>
  isJsonObject(schema) && (typeof schema['$ref'] === 'string' || listOf(schema['allOf']).some(refers))

function build(walk: Walk, schema: Json, pointer: string): fc.Arbitrary<Json> {
  const forms = formsOf(walk.root, schema, pointer)
  let last: Unsatisfiable | undefined
  const made = forms.flatMap((form) => {
    try {
      return [ofForm(walk, form, pointer)]
    } catch (error) {
      if (!(error instanceof Unsatisfiable)) throw error
      last = error
      return []
    }
  })
  if (made.length === 0) throw last ?? new Unsatisfiable(pointer, 'it has no form')
  return made.length === 1 ? made[0]! : new ChoiceOf(made)
}

function ofForm(walk: Walk, { schema, unsure }: Form, pointer: string): fc.Arbitrary<Json> {
  const fixed = 'const' in schema ? [schema['const'] as Json] : 'enum' in schema ? listOf(schema['enum']) : undefined
  if (fixed !== undefined) {
    const passes = needsCheck(schema) ? fixed.filter(checker(walk.root, schema)) : fixed
    if (passes.length === 0) throw new Unsatisfiable(pointer, 'no listed value passes the other keywords')
    return passes.length === 1 ? fc.constant(passes[0]!) : fc.constantFrom(...passes)
  }
  const any = ofTypes(walk, schema, pointer)
  return unsure.length === 0 ? any : new Bounded(any, checker(walk.root, schema), pointer, unsure.join(', '))
}

/** Of the types that are meant; where no type is named, what is meant is no type of value, and another one is as good. */
function ofTypes(walk: Walk, schema: JsonObject, pointer: string): fc.Arbitrary<Json> {
  let last: Unsatisfiable | undefined
  const possible = (type: string): readonly fc.Arbitrary<Json>[] => {
    try {
      return [ofType(walk, schema, type, pointer)]
    } catch (error) {
      if (!(error instanceof Unsatisfiable)) throw error
      last = error
      return []
    }
  }
  const meant = typesIn(schema)
  const made = meant.flatMap(possible)
  if (made.length === 0 && typesOf(schema).length === 0)
    made.push(
      ...['string', 'number', 'boolean', 'null', 'array', 'object'].filter((type) => !meant.includes(type)).flatMap(possible),
    )
  if (made.length === 0) throw last ?? new Unsatisfiable(pointer, 'it allows no type')
  return made.length === 1 ? made[0]! : new ChoiceOf(made)
}

/** A list of values stands beside nothing else in most schemas. */
const needsCheck = (schema: JsonObject): boolean =>
  Object.keys(schema).some((keyword) => !/^(?:const|enum|x-.*|title|description|default|examples|\$.*)$/.test(keyword))

const OF_TYPE: readonly (readonly [string, RegExp])[] = [
  ['object', /^(?:properties|required|additionalProperties|patternProperties|propertyNames|(?:min|max)Properties)$/],
  ['array', /^(?:items|prefixItems|contains|uniqueItems|(?:min|max)(?:Items|Contains))$/],
  ['string', /^(?:pattern|format|(?:min|max)Length|x-valid)$/],
  ['number', /^(?:multipleOf|minimum|maximum|exclusiveM(?:in|ax)imum)$/],
]

/** What its author had in mind: keywords of a type without the type mean that type first. */
function typesIn(schema: JsonObject): readonly string[] {
  const types = typesOf(schema)
  if (types.length > 0) return types
  const meant = OF_TYPE.filter(([, keywords]) => Object.keys(schema).some((keyword) => keywords.test(keyword)))
  return meant.length > 0 ? meant.map(([type]) => type) : ['anything']
}

/** Where a schema says nothing: scalars, and lists and objects of them. */
const anything = (): fc.Arbitrary<Json> => {
  const scalar = new ChoiceOf<Json>([
    stringArbitrary({ maxLength: 16 }),
    fc.integer({ min: -1e6, max: 1e6 }),
    fc.boolean(),
    fc.constant(null),
  ])
  const few = { minLength: 0, maxLength: 3 }
  const named = new ListOf(new PairOf(stringArbitrary({ pattern: '^[a-z]{1,6}$' }), scalar), few)
  return new ChoiceOf<Json>([scalar, new ListOf(scalar, few), new MapOf(named, (entries): Json => Object.fromEntries(entries))])
}

function ofType(walk: Walk, schema: JsonObject, type: string, pointer: string): fc.Arbitrary<Json> {
  const sub: Visit = (part, at) => visit(walk, part, at)
  const parts = { root: walk.root, schema, pointer, sub, small: walk.depth > DEEP }
  switch (type) {
    case 'string':
      return stringArbitrary(schema, pointer)
    case 'integer':
    case 'number':
      return numberArbitrary(schema, type, pointer)
    case 'anything':
      return anything()
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return arrayArbitrary(parts)
    case 'object':
      return objectArbitrary(parts)
    default:
      throw new Error(`The schema compiler knows no type '${type}' (${pointer}/type)`)
  }
}
