import { type CaseMaker, type Draft, type InsertionPoint, isJsonObject, type PayloadFamily, type Trial } from '../model/index.js'
import { shuffled } from './random.js'
import { median, rankTest } from './rank-test.js'
import { isRefused } from './refused.js'
import type { Runner } from './runner.js'
import type { Variant } from './variant.js'

/** Each side so often: if chance alone decided, one order of the twelve in 924 would look like this. */
export const TIMES = 6
const MOST_VARIANTS = 24
/** A wait of a second, less what clocks and networks make of it. */
const LEAST_MS = 700
const LIKELY = 0.01

/** Two sides of a pair that a function told apart, again and again. */
export interface Told {
  readonly family: PayloadFamily
  readonly point: InsertionPoint
  /** The last of each side. */
  readonly trial: Trial
  readonly control: Trial
  readonly evidence: string
}

/**
 * Tries pairs at every field of the variants that got furthest: both sides look alike to whoever takes them for data. What tells
 * them apart at the first try is asked again, in an order that chance decides.
 */
export async function* pairs(
  runner: Runner,
  maker: CaseMaker,
  variants: readonly Variant[],
  families: readonly PayloadFamily[],
  random: () => number,
  most: number,
): AsyncGenerator<Told> {
  const until = runner.searched + most
  const done = new Set<string>()
  // What every request has anyway, few functions use: it comes after what they were seen to look for.
  const all = [...places(maker, variants, families)].sort((a, b) => Number(isUsual(a.point)) - Number(isUsual(b.point)))
  const longest = Math.max(0, ...families.map(({ payloads }) => payloads.length))
  // The first pair of each family everywhere, then the second: what nothing is known of gets breadth first.
  for (let i = 0; i < longest; i++) {
    for (const { draft, point, family } of all) {
      const key = `${family.rules[0]} ${routeOf(draft)} ${point.wire}`
      const payload = family.payloads[i]
      // What is answered at one field need not be shown a second time.
      if (payload === undefined || done.has(key)) continue
      if (runner.stopped || runner.searched >= until) return
      const placed = maker.place(draft, point, family, payload)
      const told = placed === undefined ? undefined : await ask(runner, maker, placed, family, random)
      if (told === undefined) continue
      done.add(key)
      yield { ...told, family, point }
    }
  }
}

const isUsual = ({ wire }: InsertionPoint): boolean => wire === '/userAgent' || wire === '/path'

interface PairPlace {
  readonly draft: Draft
  readonly point: InsertionPoint
  readonly family: PayloadFamily
}

/** Each field of each route once, in the variant that got furthest; what the function refused did not get far. */
function* places(maker: CaseMaker, variants: readonly Variant[], families: readonly PayloadFamily[]): Generator<PairPlace> {
  const seen = new Set<string>()
  const byReach = [...variants].reverse().sort((a, b) => Number(isRefused(a.trial)) - Number(isRefused(b.trial)))
  for (const { draft } of byReach.slice(0, MOST_VARIANTS)) {
    for (const point of maker.points(draft)) {
      // Items of one list are alike: one of them is asked.
      const key = `${routeOf(draft)} ${point.wire.replace(/\/\d+(?=\/|$)/g, '/*')}`
      if (point.kind !== 'leaf' || seen.has(key) || (point.control !== 'attacker' && point.control !== 'producer')) continue
      seen.add(key)
      for (const family of families) yield { draft, point, family }
    }
  }
}

const routeOf = ({ wire }: Draft): string => (isJsonObject(wire) && typeof wire['route'] === 'string' ? wire['route'] : '')

type Sides = Pick<Told, 'trial' | 'control' | 'evidence'>

async function ask(
  runner: Runner,
  maker: CaseMaker,
  placed: Draft,
  { pair = 'boolean' }: PayloadFamily,
  random: () => number,
): Promise<Sides | undefined> {
  const sides = [placed, maker.control(placed)] as const
  const once = async (draft: Draft): Promise<Trial | undefined> => (await runner.tryAll(maker, [draft], { full: true }))[0]
  const first = [await once(sides[0]), await once(sides[1])]
  if (!first.every(isSeen) || !toldApart(pair, [first[0]!], [first[1]!])) return undefined
  const order = shuffled([...Array.from({ length: TIMES }, () => 0), ...Array.from({ length: TIMES }, () => 1)], random)
  const seen: [Trial[], Trial[]] = [[], []]
  runner.proving = true
  for (const side of order) {
    const trial = await once(sides[side]!)
    if (isSeen(trial)) seen[side]!.push(trial)
    // Many ask a quiet function the same twice only to hear it differ: no need to ask the rest.
    else break
  }
  runner.proving = false
  const [of, against] = seen
  if (of.length < TIMES || against.length < TIMES || runner.stopped) return undefined
  const told = toldApart(pair, of, against)
  return told === undefined ? undefined : { trial: of.at(-1)!, control: against.at(-1)!, evidence: told }
}

const isSeen = (trial: Trial | undefined): trial is Trial =>
  trial !== undefined && trial.observations.every(({ lost }) => lost === undefined)

/** What tells the sides apart, for people; undefined where nothing does. */
export const toldApart = (pair: 'boolean' | 'timing', first: readonly Trial[], second: readonly Trial[]): string | undefined =>
  pair === 'timing' ? longer(first, second) : otherwise(first, second)

/** The side that waits takes longer, every time. */
function longer(first: readonly Trial[], second: readonly Trial[]): string | undefined {
  const ms = (trials: readonly Trial[]) => trials.map(({ observations }) => (observations.at(-1)?.cpuUs ?? 0) / 1000)
  const [slow, fast] = [ms(first), ms(second)]
  const p = rankTest(slow, fast)
  if (median(slow) - median(fast) < LEAST_MS || (first.length > 1 && p > LIKELY)) return undefined
  return `With a wait of a second it took ${Math.round(median(slow))} ms, without ${Math.round(median(fast))} ms (${slow.length} and ${fast.length} times, rank test p = ${p.toFixed(4)})`
}

/** Each side is answered in one way, and not in the same. */
function otherwise(first: readonly Trial[], second: readonly Trial[]): string | undefined {
  const [a, b] = [new Set(first.map(shape)), new Set(second.map(shape))]
  const [one] = a
  const [other] = b
  if (a.size !== 1 || b.size !== 1 || one === undefined || other === undefined || one === other) return undefined
  // A firewall in front knows such texts, whatever the function does with them.
  if ([one, other].some((text) => /^returned (?:403|406|418|429) /.test(text))) return undefined
  return `The payload is answered ${one.slice(0, 120)}, its twin of the same look ${other.slice(0, 120)} (${first.length} and ${second.length} times, in an order of chance)`
}

/** How a trial ended, without what differs from try to try. An answer that repeats what it was sent says nothing by its text. */
function shape({ case: made, observations }: Trial): string {
  const outcome = observations.at(-1)?.outcome
  const head = made.injection?.head ?? ''
  const text = (full: string) => (head !== '' && full.toLowerCase().includes(head) ? '' : plain(full))
  if (outcome?.kind === 'returned') {
    const status = /"statusCode":\s*"?(\d{3})/.exec(outcome.text)?.[1] ?? '200'
    return `returned ${status} ${text(outcome.text)}`
  }
  return outcome?.kind === 'threw' ? `threw ${outcome.name}: ${text(outcome.message)}` : (outcome?.kind ?? '')
}

const plain = (text: string): string =>
  text
    .replace(/ef[a-z2-7]{10}z/gi, '~')
    .replace(/[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}/gi, '#')
    .replace(/\d+/g, '#')
