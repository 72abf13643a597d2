import type { ErrorObject } from 'ajv/dist/2020.js'
import { newAjv } from '../model/ajv.js'
import { escapeToken, isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { BREAKERS, type Broken } from './breakers.js'
import { OPTIONS } from './check-value.js'
import { setAt } from './edit.js'
import { specialise } from './specialise.js'

/** An event that is valid but for one keyword at one place. */
export interface Negative {
  readonly event: Json
  readonly keyword: string
  readonly pointer: string
  /** `violates minLength at /Records/0/body (1 -> 0)`. */
  readonly label: string
}

/** A place in an event, and a keyword that could be broken there. */
export interface Site {
  readonly pointer: string
  readonly keyword: string
}

/**
 * Events broken in exactly one keyword at one place, made of a valid one: every place, in the event's order. `entangled` is told of
 * places whose keyword cannot be broken alone: another one says the same.
 */
export function* negatives(root: JsonObject, event: Json, entangled: (site: Site) => void = () => {}): Generator<Negative> {
  const { $defs: _defs, $id: _id, ...schema } = root
  const own = specialise(root, schema, event)
  const ajv = newAjv({ ...OPTIONS, allErrors: true })
  const all = ajv.compile({ ...schema, $defs: root['$defs'] ?? {} })
  const taken = ajv.compile({ ...own, $defs: root['$defs'] ?? {} })
  for (const { pointer, keyword, candidates } of sitesOf(own, event, '')) {
    let found = false
    const tried = new Set<string>()
    for (const { value, how } of candidates) {
      const broken = pointer === '' ? value : setAt(event, pointer, value)
      // One way for each thing that a keyword may ask: each required property, but one odd text only.
      if (found && keyword !== 'required' && keyword !== 'type') break
      if (tried.has(how) || taken(broken) || !isAlone(taken.errors ?? [], keyword, pointer) || all(broken)) continue
      found = true
      tried.add(how)
      yield {
        event: broken,
        keyword,
        pointer,
        label: `violates ${keyword} at ${pointer === '' ? 'the event' : pointer} (${how})`,
      }
    }
    if (!found && candidates.length > 0) entangled({ pointer, keyword })
  }
}

/** What is said of a bad name comes with the keyword that the name breaks. */
const isAlone = (errors: readonly ErrorObject[], keyword: string, pointer: string): boolean =>
  errors.length > 0 &&
  errors.every(
    (error) =>
      error.instancePath === plain(pointer) &&
      (error.keyword === keyword || (keyword === 'propertyNames' && error.propertyName !== undefined)),
  ) &&
  (keyword === 'propertyNames' || errors.length === 1)

const plain = (pointer: string): string => pointer.replaceAll('~2', '#')

function* sitesOf(
  schema: JsonObject,
  value: Json,
  pointer: string,
): Generator<Site & { readonly candidates: readonly Broken[] }> {
  for (const [keyword, limit] of Object.entries(schema)) {
    const breaker = Object.hasOwn(BREAKERS, keyword) ? BREAKERS[keyword] : undefined
    if (breaker !== undefined) yield { pointer, keyword, candidates: breaker(value, schema, limit) }
  }
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {}
  const items = Array.isArray(schema['prefixItems']) ? (schema['prefixItems'] as readonly Json[]) : []
  for (const [key, child] of Array.isArray(value) ? value.entries() : isJsonObject(value) ? Object.entries(value) : []) {
    const below = Array.isArray(value)
      ? items[Number(key)]
      : Object.hasOwn(properties, String(key))
        ? properties[String(key)]
        : undefined
    if (isJsonObject(below)) yield* sitesOf(below, child as Json, `${pointer}/${escapeToken(String(key))}`)
  }
}
