import {
  type CaseMaker,
  type Draft,
  getAt,
  type InsertionPoint,
  type Oracle,
  type Payload,
  type PayloadFamily,
} from '../model/index.js'
import { blindly, NO_DOCUMENT } from './blindly.js'
import { byReach } from './by-reach.js'
import { inJson, numberOf } from './drafts.js'
import { lately } from './lately.js'
import { withoutBody } from './other-requests.js'
import { pathTexts } from './path-texts.js'
import { shuffled } from './random.js'
import { leading } from './redirects.js'
import { spots } from './spots.js'
import { inTurns } from './turns.js'
import type { Variant } from './variant.js'

export interface Arsenal {
  readonly families: readonly PayloadFamily[]
  readonly oracles: readonly Oracle[]
  /** Events that the function answered, also those that showed nothing new. */
  readonly accepted?: readonly Draft[]
}

/**
 * What to try, best first: payloads where honest data was seen to reach their sink; keys in open objects and unreadable records;
 * then, in turns, edges and every payload everywhere.
 */
export function plan(
  maker: CaseMaker,
  variants: readonly Variant[],
  all: Arsenal,
  random: () => number,
  done = new Set<string>(),
): Plan {
  const arsenal = { ...all, families: all.families.filter(({ late }) => late !== true) }
  const first = ranked([...aims(maker, variants, arsenal, done)], random)
  const merged = [...mergedKeys(maker, variants, arsenal, done)]
  // Nothing shows beforehand where these would act: they are few, and go through in order, furthest variants first.
  const blind = [
    ...tailored(maker, variants, done),
    ...inTurns(
      [redirects, keys, poison, pathTexts, methodNames, withoutBody].map((kind) => [...kind(maker, variants, arsenal, done)]),
    ),
    ...names(maker, variants, arsenal, done),
  ]
  // Many: what was stored before is tried first.
  const documents = [...blindly(maker, variants, arsenal, done)]
  const turns = [edges, everything].map((kind) => shuffled([...kind(maker, variants, arsenal, done)], random))
  const last = () => shuffled([...lately(maker, variants, all.families, done)], random)
  return { first: inTurns([first, merged, blind]), rest: [...documents, ...inTurns(turns)], last }
}

/** A first few payloads where new variants were seen to reach a sink: a bug in plain sight is found while still learning. */
export function atOnce(maker: CaseMaker, fresh: readonly Variant[], arsenal: Arsenal, done: Set<string>): readonly Draft[] {
  const chosen = [...aims(maker, fresh, arsenal, new Set(done))].sort((a, b) => a.rank - b.rank).slice(0, AT_ONCE)
  for (const { key } of chosen) done.add(key)
  return chosen.map(({ draft }) => draft)
}

/** In the order in which it is tried. */
export interface Plan {
  /** What is likely to show something. */
  readonly first: readonly Draft[]
  readonly rest: readonly Draft[]
  /** Many, and seldom reached: made when asked for. */
  last(): readonly Draft[]
}

export type Kind = (maker: CaseMaker, variants: readonly Variant[], arsenal: Arsenal, done: Set<string>) => Generator<Draft>

const MOST_NAMED = 3
const AT_ONCE = 12

/** Payloads where honest data was seen to reach their sink. */
export const aimed: Kind = function* (maker, variants, arsenal, done) {
  for (const { draft } of aims(maker, variants, arsenal, done)) yield draft
}

/** A payload at a field that reaches its sink; `rank` 0 is the most telling payload of its family, and answers come after other sinks. */
interface Aim {
  readonly draft: Draft
  readonly key: string
  readonly rank: number
}

const ANSWERS = new Set(['response', 'html', 'header', 'location', 'log'])

function* aims(
  maker: CaseMaker,
  variants: readonly Variant[],
  { families, oracles }: Arsenal,
  done: Set<string>,
): Generator<Aim> {
  const sinks = new Map(oracles.map((oracle) => [oracle.id, oracle.sinks as readonly string[]]))
  for (const { draft, reach } of variants) {
    for (const point of maker.points(draft)) {
      const spotted = reach.has(point.wire) ? ways(maker, draft, point) : []
      for (const { kind, place } of reach.get(point.wire) ?? []) {
        for (const family of families) {
          if (family.late === true || !family.rules.some((rule) => sinks.get(rule)?.includes(kind))) continue
          for (const [i, payload] of family.payloads.entries()) {
            // The same field to the same sink need not be tried through every variant that leads there.
            const key = `${point.wire}\0${place}\0${family.id}/${payload.id}`
            const rank = 2 * i + Number(ANSWERS.has(kind))
            for (const [inside, at] of spotted) {
              // Inside what stands there it is another attack for each text that stands there.
              const way = `${key}\0${inside ? String(getAt(at.wire, point.wire)) : at === draft ? '' : 'last'}`
              if (done.has(way)) continue
              done.add(way)
              const placed = maker.place(at, point, family, payload, inside)
              if (placed !== undefined) yield { draft: placed, key: way, rank }
            }
          }
        }
      }
    }
  }
}

/** Inside what stands there and in its place, at each spot of the field. */
const ways = (maker: CaseMaker, draft: Draft, point: InsertionPoint): readonly (readonly [inside: boolean, at: Draft])[] =>
  spots(maker, draft, point).flatMap((at) => [true, false].map((inside) => [inside, at] as const))

/** The most telling first; in any order where they are alike. */
const ranked = (all: readonly Aim[], random: () => number): Draft[] =>
  shuffled(all, random)
    .sort((a, b) => a.rank - b.rank)
    .map(({ draft }) => draft)

/** Keys of objects that the function goes through key by key: what copies them is what they are for. */
const mergedKeys: Kind = function* (maker, variants, { families }, done) {
  const listed = variants.filter((one) => one.listed.size > 0)
  for (const variant of [...listed].reverse())
    yield* placedAt(maker, [variant], families, done, ({ position }, { wire }) => position === 'key' && variant.listed.has(wire))
}

const keys: Kind = function* (maker, variants, { families }, done) {
  yield* placedAt(maker, variants, families, done, (payload, point) => payload.position === 'key' && inJson(point))
}

/** Where an answer leads elsewhere already: a check of the value may let only what is attacked through, and no honest marker. */
const redirects: Kind = function* (maker, variants, { families, accepted = [] }, done) {
  const telling = families.filter(({ rules }) => rules.includes('open-redirect'))
  yield* placedAt(maker, leading(maker, variants, accepted), telling, done, (_payload, { wire }) => !NO_DOCUMENT.test(wire))
}

/** Names in a query string: what decodes them is the same for all routes, so a few variants are enough. */
const names: Kind = function* (maker, variants, { families }, done) {
  yield* placedAt(
    maker,
    variants.slice(-MOST_NAMED),
    families,
    done,
    (payload, point) => payload.position === 'key' && !inJson(point),
  )
}

/** Names of methods that every object has, where the function looks a function up by name. */
const methodNames: Kind = function* (maker, variants, { families }, done) {
  const telling = families.filter(({ rules }) => rules.includes('event-chosen-method'))
  for (const variant of variants.filter(({ naming }) => naming.size > 0))
    yield* placedAt(maker, [variant], telling, done, (_payload, { wire }) => variant.naming.has(wire))
}

const everything: Kind = function* (maker, variants, { families }, done) {
  yield* placedAt(maker, variants, families, done, (payload) => payload.position !== 'key')
}

function* placedAt(
  maker: CaseMaker,
  variants: readonly Variant[],
  families: readonly PayloadFamily[],
  done: Set<string>,
  wanted: (payload: Payload, point: InsertionPoint) => boolean,
): Generator<Draft> {
  for (const { draft } of byReach(variants)) {
    for (const point of maker.points(draft)) {
      for (const family of families) {
        for (const payload of family.payloads) {
          const key = `${numberOf(draft)}\0${point.wire}\0${family.id}/${payload.id}`
          if (!wanted(payload, point) || done.has(key)) continue
          done.add(key)
          const placed = maker.place(draft, point, family, payload)
          if (placed !== undefined) yield placed
        }
      }
    }
  }
}

const poison: Kind = function* (maker, variants) {
  for (const { draft } of variants) yield* maker.poisoned(draft)
}

/** What the user's own strategies make, each once, in the variant that got furthest. */
function* tailored(maker: CaseMaker, variants: readonly Variant[], done: Set<string>): Generator<Draft> {
  for (const made of byReach(variants).flatMap(({ draft }) => maker.tailored(draft))) {
    const key = made.labels.join()
    if (done.has(key)) continue
    done.add(key)
    yield made
  }
}

const edges: Kind = function* (maker, variants) {
  for (const { draft } of [...variants].reverse()) yield* maker.boundaries(draft)
}
