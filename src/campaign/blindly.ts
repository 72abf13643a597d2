import { type CaseMaker, type Draft, getAt, type InsertionPoint, type Payload, type PayloadFamily, SLOT } from '../model/index.js'
import { byReach } from './by-reach.js'
import { inJson, numberOf } from './drafts.js'
import type { Kind } from './plan.js'

/** Payloads that nothing points to beforehand: where they act, honest data shows nothing. */
const BLIND = new Set(['forged-token', 'forged-credential', 'archive-traversal', 'unsafe-deserialisation', 'xml-external-entity'])
/** A token stands where tokens do, and what else an event must hold differs: each variant is tried. */
const TOKENS = new Set(['forged-token', 'forged-credential'])
/** A document stands in a body, a parameter or a message, not in these. */
export const NO_DOCUMENT = /^\/(?:path|headers|userAgent|method)/

/** Each of them once at each place; in a header that says what follows (Bearer), that is kept, then not. */
export const blindly: Kind = function* (maker, variants, { families, oracles }, done) {
  const known = new Set(oracles.map(({ id }) => id))
  const wanted = families.filter(({ id, rules }) => BLIND.has(id) && rules.some((rule) => known.has(rule)))
  for (const { draft } of byReach(variants)) {
    for (const point of maker.points(draft)) {
      for (const family of wanted) {
        if (!TOKENS.has(family.id) && NO_DOCUMENT.test(point.wire)) continue
        for (const [payload, inside] of family.payloads.flatMap(
          (one) =>
            [
              [one, true],
              [one, false],
            ] as const,
        )) {
          // A text, an upload and a form have fields of one name.
          const kind = point.wire.startsWith('/body/') ? kindOf(draft) : ''
          const key = `${point.wire}\0${kind}\0${point.encodings.join()}\0${family.id}/${payload.id}\0${inside}\0${TOKENS.has(family.id) ? numberOf(draft) : ''}`
          const placed = done.has(key) ? undefined : placedAsText(maker, draft, point, family, payload, inside)
          if (placed === undefined) continue
          done.add(key)
          yield placed
        }
      }
    }
  }
}

const kindOf = ({ wire }: Draft): string => `${String(getAt(wire, '/body/kind'))} ${String(getAt(wire, '/body/type') ?? '')}`

/** Where an object stands a text may be meant: what reads documents walks through either. */
function placedAsText(
  maker: CaseMaker,
  draft: Draft,
  point: InsertionPoint,
  family: PayloadFamily,
  payload: Payload,
  inside: boolean,
): Draft | undefined {
  if (point.kind === 'leaf' || !inJson(point)) return maker.place(draft, point, family, payload, inside)
  const leaf: InsertionPoint = { ...point, kind: 'leaf' }
  return inside ? undefined : maker.place(maker.withValue(draft, leaf, SLOT), leaf, family, payload)
}
