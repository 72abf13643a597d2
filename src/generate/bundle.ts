import { escapeToken, isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { listOf } from './schema.js'

/** Where a schema holds schemas: one, a list, or one for each name. What stands anywhere else is no schema, whatever it looks like. */
const ONE =
  /^(?:items|additionalProperties|contains|propertyNames|not|if|then|else|unevaluated(?:Items|Properties)|contentSchema)$/
const LISTS = /^(?:allOf|anyOf|oneOf|prefixItems)$/
const NAMED = /^(?:\$defs|definitions|properties|patternProperties|dependentSchemas)$/

/** A name that no document has: references are resolved against it where the root has no `$id`. */
const NOWHERE = 'eventfuzz://schema/root'

interface Names {
  /** URI, with a fragment for anchors, to the JSON pointer of what it names. */
  readonly at: Map<string, string>
  /** How many schemas carry a `$dynamicAnchor`, by its name. */
  readonly dynamic: Map<string, number>
}

const bundles = new WeakMap<JsonObject, JsonObject>()

/**
 * The same document with references by `$id`, `$anchor` and `$dynamicAnchor` said as JSON pointers from its root. References that
 * lead outside, or whose target depends on the way that leads there, stay as they are. A document that has none is itself.
 */
export function bundled(root: JsonObject): JsonObject {
  // `true` and `false` are schemas too.
  if (!isJsonObject(root)) return root
  const known = bundles.get(root)
  if (known !== undefined) return known
  const made = isPlain(root) ? root : bundle(root)
  bundles.set(root, made)
  return made
}

function isPlain(root: JsonObject): boolean {
  const { $id: _id, ...rest } = root
  return !/"\$(?:id|anchor|dynamicAnchor|dynamicRef)":|"\$ref":"(?!#["/])/.test(JSON.stringify(rest))
}

function bundle(root: JsonObject): JsonObject {
  const names: Names = { at: new Map([[NOWHERE, '']]), dynamic: new Map() }
  collect(names, root, NOWHERE, '')
  return rewritten(names, root, NOWHERE) as JsonObject
}

const uriOf = (reference: string, base: string): string | undefined =>
  URL.canParse(reference, base) ? new URL(reference, base).href.replace(/#$/, '') : undefined

const baseOf = (schema: JsonObject, base: string): string =>
  typeof schema['$id'] === 'string' ? (uriOf(schema['$id'], base) ?? base) : base

function collect(names: Names, schema: Json, outer: string, pointer: string): void {
  if (!isJsonObject(schema)) return
  const base = baseOf(schema, outer)
  if (base !== outer) names.at.set(base, pointer)
  for (const keyword of ['$anchor', '$dynamicAnchor']) {
    const name = schema[keyword]
    if (typeof name === 'string') names.at.set(`${base}#${name}`, pointer)
  }
  const dynamic = schema['$dynamicAnchor']
  if (typeof dynamic === 'string') names.dynamic.set(dynamic, (names.dynamic.get(dynamic) ?? 0) + 1)
  for (const [path, child] of childrenOf(schema)) collect(names, child, base, pointer + path)
}

function* childrenOf(schema: JsonObject): Generator<readonly [string, Json]> {
  for (const [keyword, value] of Object.entries(schema)) {
    if (ONE.test(keyword)) yield [`/${keyword}`, value]
    else if (LISTS.test(keyword)) for (const [i, child] of listOf(value).entries()) yield [`/${keyword}/${i}`, child]
    else if (NAMED.test(keyword) && isJsonObject(value))
      for (const [name, child] of Object.entries(value)) yield [`/${keyword}/${escapeToken(name)}`, child]
  }
}

function rewritten(names: Names, schema: Json, outer: string): Json {
  if (!isJsonObject(schema)) return schema
  const base = baseOf(schema, outer)
  const below = (child: Json) => rewritten(names, child, base)
  const made = Object.entries(schema).map(([keyword, value]): readonly [string, Json] => {
    if (ONE.test(keyword)) return [keyword, below(value)]
    if (LISTS.test(keyword)) return [keyword, listOf(value).map(below)]
    if (NAMED.test(keyword) && isJsonObject(value))
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, child]) => [name, below(child)]))]
    if (keyword === '$ref') return [keyword, pointerTo(names, String(value), base) ?? value]
    if (keyword !== '$dynamicRef') return [keyword, value]
    const target = isDynamic(names, String(value)) ? undefined : pointerTo(names, String(value), base)
    return target === undefined ? [keyword, value] : '$ref' in schema ? ['allOf', [{ $ref: target }]] : ['$ref', target]
  })
  return Object.fromEntries(made)
}

/** More than one schema may be meant, by the way that led there. */
const isDynamic = (names: Names, reference: string): boolean => (names.dynamic.get(reference.replace(/^.*#/, '')) ?? 0) > 1

/** `#/$defs/name`; undefined where the document holds no such thing. */
function pointerTo({ at }: Names, reference: string, base: string): string | undefined {
  const uri = uriOf(reference, base)
  const [resource = '', fragment = ''] = uri?.split('#') ?? []
  const exact = uri === undefined ? undefined : at.get(uri)
  if (exact !== undefined) return `#${encodeURI(exact)}`
  const start = at.get(resource)
  return start !== undefined && fragment.startsWith('/') ? `#${encodeURI(start)}${fragment}` : undefined
}
