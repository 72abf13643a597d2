import { type CaseMaker, type Draft, type InsertionPoint, type Json, SLOT } from '../model/index.js'

/** What people mean by a field of this name: enough to get behind type and format checks. */
const USUAL: readonly (readonly [RegExp, (json: boolean) => Json])[] = [
  [/e-?mail/i, () => `${SLOT}@example.invalid`],
  [/url|uri|link|callback|webhook|endpoint|website/i, () => `https://${SLOT}.example.invalid/x`],
  [/qty|quantity|count|amount|price|total|limit|size|page|offset|number|year|age|weight|score|port/i, (json) => (json ? 2 : '2')],
  [/^(?:is|has|can)[A-Z_]|enabled|active|flag|dry_?run|confirmed/, (json) => (json ? true : 'true')],
  [/date|day$|^(?:since|until|from|to|start|end)$/i, () => '2026-01-02'],
  [/time|(?:created|updated|expires|deleted)(?:_?at)?$/i, () => '2026-01-02T03:04:05.000Z'],
]

/** The draft with usual values where the names of its fields suggest them; the same draft when none does. */
export function plausible(maker: CaseMaker, draft: Draft): Draft {
  return maker.points(draft).reduce((filled, point) => {
    const value = usualValue(point)
    return value === undefined ? filled : maker.withValue(filled, point, value)
  }, draft)
}

function usualValue(point: InsertionPoint): Json | undefined {
  if (point.kind !== 'leaf' || point.wire === '/path' || point.wire === '/method' || point.wire.startsWith('/headers/'))
    return undefined
  const tokens = point.wire.split('/')
  const last = tokens.at(-1) ?? ''
  // An item of a list, a value of a typed attribute: the name stands before it.
  const name = /^(?:\d+|value|[SNB])$/.test(last) ? (tokens.at(-2) ?? '') : last
  return USUAL.find(([pattern]) => pattern.test(name))?.[1](point.encodings.at(-1) === 'json-string')
}
