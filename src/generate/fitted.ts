import { type CaseMaker, type Draft, escapeToken, isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { skeletonsOf } from './skeleton.js'

const MOST = 16

/** Drafts whose data at an event pointer is what a schema of the function asks for; the usual one first. Empty: nobody can deliver it there. */
export const fitted = (maker: CaseMaker, draft: Draft, pointer: string, schema: JsonObject): readonly Draft[] =>
  skeletonsOf(schema, MOST).flatMap((value) => supplied(maker, draft, pointer, value) ?? [])

/** As a whole, else name by name: a query string is no object. */
function supplied(maker: CaseMaker, draft: Draft, pointer: string, value: Json): Draft | undefined {
  const whole = maker.supply(draft, pointer, value)
  if (whole !== undefined || !isJsonObject(value)) return whole
  const made = Object.entries(value).reduce(
    (filled, [name, one]) => maker.supply(filled, `${pointer}/${escapeToken(name)}`, one) ?? filled,
    draft,
  )
  return made === draft ? undefined : made
}
