import { type CaseMaker, type Draft, getAt, isJsonObject, type Json, type JsonObject, SLOT } from '../model/index.js'

/**
 * The draft with four items in each list of one: what asks for the third, or for several, is not told by a comparison with event
 * data. Once more with texts in place of items that nothing was looked for in.
 */
export function lengthened(draft: Draft): readonly Draft[] {
  const changed = [(item: Json) => item, textFor].map((each) => inDocuments(draft.wire, (value) => longer(value, each)))
  const texts = new Set([draft.wire, ...changed].map((wire) => JSON.stringify(wire)))
  return [...texts].slice(1).map((text) => ({ ...draft, wire: JSON.parse(text) as Json }))
}

/** The wire input with its JSON documents changed: bodies, messages, details, payloads. Records and headers are no documents. */
function inDocuments(wire: Json, change: (value: Json) => Json): Json {
  if (Array.isArray(wire)) return (wire as readonly Json[]).map((one) => inDocuments(one, change))
  if (!isJsonObject(wire)) return wire
  const isDocument = (name: string) => (name === 'value' && wire['kind'] === 'json') || name === 'detail' || name === 'payload'
  return Object.fromEntries(
    Object.entries(wire).map(([name, one]) => [name, isDocument(name) ? change(one) : inDocuments(one, change)]),
  )
}

const textFor = (item: Json): Json => (isJsonObject(item) && Object.keys(item).length === 0 ? SLOT : item)

function longer(value: Json, each: (item: Json) => Json): Json {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => each(longer(item, each)))
    return items.length === 1 ? [items[0]!, items[0]!, items[0]!, items[0]!] : items
  }
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, longer(child, each)]))
}

/** An amount that is rounded down, or multiplied, and is still worth something; what is larger already may be so for a reason. */
const LARGER = 120
const SMALL = 10

/** The draft with its flags turned and larger amounts, where it has flags: what is written down for a gift or for nothing goes no further. */
export function otherwise(draft: Draft): readonly Draft[] {
  const turn = (one: Json): Json =>
    typeof one === 'boolean' ? !one : typeof one === 'number' && one >= 0 && one <= SMALL ? LARGER : one
  let flags = 0
  const wire = inDocuments(draft.wire, (value) =>
    eachLeaf(value, (one) => {
      if (typeof one === 'boolean') flags++
      return turn(one)
    }),
  )
  return flags === 0 ? [] : [{ ...draft, wire }]
}

function eachLeaf(value: Json, each: (leaf: Json) => Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => eachLeaf(item, each))
  if (!isJsonObject(value)) return each(value)
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, eachLeaf(child, each)]))
}

/** The draft with a text in place of each empty object: the source uses something of that name as one, which may be another. */
export function texted(maker: CaseMaker, draft: Draft): readonly Draft[] {
  const empty = maker
    .points(draft)
    .filter(
      ({ kind, wire, encodings }) => kind === 'object' && encodings.at(-1) === 'json-string' && isEmpty(getAt(draft.wire, wire)),
    )
  const inside = empty.filter(({ wire }) => isJsonObject(getAt(draft.wire, wire.slice(0, wire.lastIndexOf('/'))) ?? null))
  return inside.length === 0 ? [] : [inside.reduce((made, point) => maker.withValue(made, point, SLOT), draft)]
}

const isEmpty = (value: Json | undefined): boolean => isJsonObject(value ?? null) && Object.keys(value as object).length === 0

/** Routes that any path comes by. */
const ANY_ROUTE = new Set(['$default', 'ANY /*'])

/** The request for something below a path that is known as a whole by now; none where routes say which paths come. */
export function deeper(draft: Draft): readonly Draft[] {
  const { wire } = draft
  const { route, path } = isJsonObject(wire) ? wire : {}
  if (typeof path !== 'string' || path === '/' || path.includes(SLOT) || !ANY_ROUTE.has(String(route))) return []
  return [{ ...draft, wire: { ...(wire as JsonObject), path: `${path.replace(/\/$/, '')}/${SLOT}` } }]
}
