import { type CaseMaker, type Draft, getAt, type InsertionPoint, type Json, SLOT } from '../model/index.js'

/** `callbackUrl`, `page_size`: the words of a name. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)

const LINKS = /^(?:url|uri|link|href|callback|webhook|endpoint|website)$/
const COUNTS =
  /^(?:qty|quantity|count|counter|amount|price|cost|fee|tax|discount|balance|rate|percent|total|sum|limit|size|length|page|offset|number|year|month|age|weight|score|points|level|port|days|hours|minutes|seconds|ttl|cents|width|height|index|skip|max|min)$/
const FLAGS = /^(?:enabled|active|flag|confirmed)$/
const DAYS = /^(?:date|day|birthday|since|until|from|to|start|end)$/
const TIMES = /^(?:time|timestamp|created|updated|expires|deleted)$/

/** What people mean by a field of this name: enough to get behind type and format checks. */
export function usual(name: string, json: boolean): Json | undefined {
  const words = wordsOf(name)
  const last = words.at(-1) ?? ''
  if (/e-?mail/i.test(name)) return `${SLOT}@example.invalid`
  if (words.some((word) => LINKS.test(word)) || last.endsWith('url')) return `https://${SLOT}.example.invalid/x`
  if (COUNTS.test(last)) return json ? 2 : '2'
  if (FLAGS.test(last) || /^(?:is|has|can|dry)$/.test(words.length > 1 ? words[0]! : '')) return json ? true : 'true'
  if (DAYS.test(last)) return '2026-01-02'
  const moment = last === 'at' ? (words.at(-2) ?? '') : last
  return TIMES.test(moment) ? '2026-01-02T03:04:05.000Z' : undefined
}

/** The draft with usual values where the names of its fields suggest them; the same draft when none does. */
export function plausible(maker: CaseMaker, draft: Draft): Draft {
  return maker.points(draft).reduce((filled, point) => {
    // What a form is known of already keeps it.
    const value = getAt(draft.wire, point.wire) === SLOT ? usualValue(point) : undefined
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
  return usual(name, point.encodings.at(-1) === 'json-string')
}
