import type { CaseMaker, Draft, InsertionPoint, Oracle, Payload, PayloadFamily } from '../model/index.js'
import type { Variant } from './explore.js'
import { shuffled } from './random.js'

export interface Arsenal {
  readonly families: readonly PayloadFamily[]
  readonly oracles: readonly Oracle[]
}

/**
 * What to try, best first: payloads where honest data was seen to reach their sink; keys in open objects and unreadable records;
 * then, in turns, edges and every payload everywhere.
 */
export function plan(
  maker: CaseMaker,
  variants: readonly Variant[],
  arsenal: Arsenal,
  random: () => number,
  done = new Set<string>(),
): Plan {
  const first = shuffled([...aimed(maker, variants, arsenal, done)], random)
  // Nothing shows beforehand where these would act: they are few, and go through in order, furthest variants first.
  const blind = [
    ...inTurns([keys, poison].map((kind) => [...kind(maker, variants, arsenal, done)])),
    ...names(maker, variants, arsenal, done),
  ]
  const turns = [edges, everything].map((kind) => shuffled([...kind(maker, variants, arsenal, done)], random))
  return { first: inTurns([first, blind]), rest: inTurns(turns) }
}

/** A first few payloads where new variants were seen to reach a sink: a bug in plain sight is found while still learning. */
export function atOnce(maker: CaseMaker, fresh: readonly Variant[], arsenal: Arsenal, done: Set<string>): readonly Draft[] {
  const drafts: Draft[] = []
  for (const draft of aimed(maker, fresh, arsenal, done)) {
    drafts.push(draft)
    if (drafts.length === AT_ONCE) break
  }
  return drafts
}

/** In the order in which it is tried. */
export interface Plan {
  /** What is likely to show something. */
  readonly first: readonly Draft[]
  readonly rest: readonly Draft[]
}

type Kind = (maker: CaseMaker, variants: readonly Variant[], arsenal: Arsenal, done: Set<string>) => Generator<Draft>

const MOST_NAMED = 3
const AT_ONCE = 12

/** Payloads where honest data was seen to reach their sink. */
export const aimed: Kind = function* (maker, variants, { families, oracles }, done) {
  const sinks = new Map(oracles.map((oracle) => [oracle.id, oracle.sinks as readonly string[]]))
  for (const { draft, reach } of variants) {
    for (const point of maker.points(draft)) {
      for (const { kind, place } of reach.get(point.wire) ?? []) {
        for (const family of families) {
          if (!family.rules.some((rule) => sinks.get(rule)?.includes(kind))) continue
          for (const payload of family.payloads) {
            // The same field to the same sink need not be tried through every variant that leads there.
            const key = `${point.wire}\0${place}\0${family.id}/${payload.id}`
            const placed = done.has(key) ? undefined : maker.place(draft, point, family, payload)
            done.add(key)
            if (placed !== undefined) yield placed
          }
        }
      }
    }
  }
}

const keys: Kind = function* (maker, variants, { families }, done) {
  yield* placedAt(maker, variants, families, done, (payload, point) => payload.position === 'key' && inJson(point))
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
  // The latest variants got furthest; what the function refused did not get far.
  const byReach = [...variants.entries()].reverse().sort(([, a], [, b]) => Number(isRefused(a)) - Number(isRefused(b)))
  for (const [i, { draft }] of byReach) {
    for (const point of maker.points(draft)) {
      for (const family of families) {
        for (const payload of family.payloads) {
          const key = `${i}\0${point.wire}\0${family.id}/${payload.id}`
          if (!wanted(payload, point) || done.has(key)) continue
          done.add(key)
          const placed = maker.place(draft, point, family, payload)
          if (placed !== undefined) yield placed
        }
      }
    }
  }
}

function isRefused({ trial }: Variant): boolean {
  const outcome = trial.observations.at(-1)?.outcome
  return outcome?.kind === 'threw' || (outcome?.kind === 'returned' && /"statusCode":\s?4/.test(outcome.text))
}

/** Keys of a JSON document reach code that merges; names of other maps are tried in their turn. */
const inJson = (point: InsertionPoint): boolean => point.encodings.at(-1) === 'json-string'

const poison: Kind = function* (maker, variants) {
  for (const { draft } of variants) yield* maker.poisoned(draft)
}

const edges: Kind = function* (maker, variants) {
  for (const { draft } of [...variants].reverse()) yield* maker.boundaries(draft)
}

function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  const merged: T[] = []
  for (let i = 0; i < longest; i++) for (const list of lists) if (i < list.length) merged.push(list[i]!)
  return merged
}
