import { type CaseMaker, type Draft, getAt, type InsertionPoint, type Json, SLOT } from '../model/index.js'
import type { Variant } from './variant.js'

const MOST = 2
const BODY: InsertionPoint = { wire: '/body', control: 'attacker', encodings: [], kind: 'object' }

const BODIES: readonly Json[] = [
  { kind: 'text', text: SLOT },
  { kind: 'binary', text: SLOT },
  { kind: 'form', fields: { id: SLOT, name: SLOT } },
  { kind: 'multipart', name: 'file', filename: SLOT, text: SLOT },
]

/** Requests whose body is plain text, bytes, a form or an upload: JSON in its place says little to a function that reads something else. */
export const otherBodies = (maker: CaseMaker, templates: readonly Draft[]): readonly Draft[] =>
  templates
    .filter(({ wire }) => getAt(wire, '/body/kind') === 'json')
    .slice(0, MOST)
    .flatMap((draft) => BODIES.map((body) => maker.withValue(draft, BODY, body)))

/** A token that the function may read without asking who signed it: what stands behind that is not seen without one. */
export const withTokens = (maker: CaseMaker, drafts: readonly Draft[]): readonly Draft[] =>
  drafts
    .filter(({ wire }) => String(getAt(wire, AUTHORIZATION) ?? '').includes(SLOT))
    .slice(-MOST)
    .flatMap((draft) =>
      TOKENS.map((token) => maker.withValue(draft, { ...BODY, wire: AUTHORIZATION, encodings: ['header'] }, token)),
    )

const AUTHORIZATION = '/headers/authorization/0'
// What takes a shared key says which one when it is asked: see signing.ts.
const TOKENS = ['Bearer {{token.forged}}', 'Bearer {{token.hashed}}', '{{token.forged}}']

const MOST_BARE = 8

/** A request without the body that its route asks for, and so without its content type: one for each way in. */
export function* withoutBody(maker: CaseMaker, variants: readonly Variant[]): Generator<Draft> {
  const ways = new Map(
    variants
      .filter(({ draft: { wire } }) => getAt(wire, '/body/kind') === 'json')
      .map(({ draft }) => [`${String(getAt(draft.wire, '/method'))} ${String(getAt(draft.wire, '/route'))}`, draft]),
  )
  for (const draft of [...ways.values()].slice(-MOST_BARE)) yield maker.withValue(draft, BODY, { kind: 'none' })
}
