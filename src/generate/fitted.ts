import { type CaseMaker, type Draft, escapeToken, isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { skeletonsOf } from './skeleton.js'

const MOST = 16

/** Drafts whose data at an event pointer is what a schema of the function asks for; the usual one first. Empty: nobody can deliver it there. */
export const fitted = (maker: CaseMaker, draft: Draft, pointer: string, schema: JsonObject): readonly Draft[] =>
  skeletonsOf(schema, MOST).flatMap((value) => supplied(maker, draft, pointer, value) ?? [])

/** As a whole, else name by name: a query string is no object. */
function supplied(maker: CaseMaker, draft: Draft, pointer: string, value: Json): Draft | undefined {
  if (pointer === '') return part(maker, draft, value)
  const whole = maker.supply(draft, pointer, value)
  if (!isJsonObject(value) || (whole !== undefined && holds(whole.wire, value))) return whole
  const made = Object.entries(value).reduce(
    (filled, [name, one]) => maker.supply(filled, `${pointer}/${escapeToken(name)}`, one) ?? filled,
    draft,
  )
  return made === draft ? whole : made
}

/** The event as a whole: middleware has put parsed JSON in place of a body's text. */
function part(maker: CaseMaker, draft: Draft, event: Json): Draft | undefined {
  const made = Object.entries(isJsonObject(event) ? event : {}).reduce((filled, [name, one]) => {
    const at = name === 'body' && typeof one === 'object' ? '/body#json' : `/${escapeToken(name)}`
    return supplied(maker, filled, at, one) ?? filled
  }, draft)
  return made === draft ? undefined : made
}

/** Asked for a map of texts, a source may put something else there. */
const holds = (wire: Json, value: JsonObject): boolean => {
  const text = JSON.stringify(wire)
  return Object.keys(value).every((name) => text.includes(JSON.stringify(name)))
}
