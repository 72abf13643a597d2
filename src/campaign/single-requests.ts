import { type Draft, isJsonObject, type Json, type JsonObject } from '../model/index.js'
import type { Variant } from './variant.js'

const MOST = 24
const LISTS = ['query', 'headers']

/** Requests of the newest variants without what an authorizer says: formats tell lists of values in their own ways, and authorizers speak to one API. */
export function singleRequests(variants: readonly Variant[]): readonly Draft[] {
  const single = [...variants]
    .reverse()
    .map(({ draft }) => draft)
    .filter(({ stage, wire }) => stage === 'valid' && isJsonObject(wire))
    .map((draft) => withWire(draft, withoutAuthorizer(draft.wire as JsonObject)))
    .filter(({ wire }) => methodOf(wire) !== 'OPTIONS' && !LISTS.some((name) => hasLists((wire as JsonObject)[name])))
  // Those that say who asks, also without: a format that does not look there serves them all the same.
  return distinct(single.flatMap((draft) => [withWire(draft, withoutIdentity(draft.wire as JsonObject)), draft]))
}

const withWire = (draft: Draft, wire: JsonObject): Draft => ({ ...draft, wire })

const withoutAuthorizer = ({ claims: _claims, context: _context, ...wire }: JsonObject): JsonObject => wire

const methodOf = (wire: Json): string => String((wire as JsonObject)['method'])

const distinct = (drafts: readonly Draft[]): readonly Draft[] =>
  [...new Map(drafts.map((draft) => [JSON.stringify(draft.wire), draft])).values()].slice(0, MOST)

const hasLists = (values: Json | undefined): boolean =>
  isJsonObject(values) && Object.values(values).some((value) => Array.isArray(value) && value.length > 1)

const NAMES_ONE = /auth|token|key|secret|sig|pass|session|user|role|admin|tenant|owner/i

/** The request without headers, cookies and parameters that may say who asks. */
export function withoutIdentity(wire: JsonObject): JsonObject {
  const query = Object.entries(isJsonObject(wire['query']) ? wire['query'] : {}).filter(([name]) => !NAMES_ONE.test(name))
  return { ...wire, headers: {}, cookies: {}, query: Object.fromEntries(query) }
}
