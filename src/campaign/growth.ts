import { type CaseMaker, type Draft, getAt, type InsertionPoint, SLOT, type Trial } from '../model/index.js'
import type { Variant } from './explore.js'
import type { Runner } from './runner.js'

/** Begins the label of a draft whose case is a series of growing events. */
const GROWS = 'grows: text at '
const MOST_VARIANTS = 4
const MOST_POINTS = 12
/** Processor time of the longest text before the series is run, in microseconds. */
const SLOW_US = 40_000

/** What many patterns repeat; none of it is slow by its length alone. */
const PUMPS = ['a', '1', ' ', '\t', '-', 'a ', 'a,', 'a.', '0.', 'a@', '<a', '((', '//', '{{']
const LENGTHS = [3_000, 6_000, 12_000, 24_000]

/** Texts of one pump: a short one first, since a process takes its time for what it does first, then four lengths. */
const SERIES: readonly (readonly string[])[] = PUMPS.map((pump) => [
  SLOT,
  ...LENGTHS.map((length) => `${/^\s/.test(pump) ? 'x' : ''}${pump.repeat(length / pump.length)}!\n${SLOT}`),
])

/** An event in four sizes, and what its maker makes of others. */
export interface Grown {
  readonly maker: CaseMaker
  readonly trial: Trial
  readonly accepted: readonly Draft[]
}

/** Sends long texts; where one is costly, the same in four lengths, so that its growth can be judged. */
export async function* growing(runner: Runner, maker: CaseMaker, variants: readonly Variant[]): AsyncGenerator<Grown> {
  const done = new Set<string>()
  for (const { draft, trial } of variants.slice(-MOST_VARIANTS).reverse()) {
    const usual = trial.observations.at(-1)?.cpuUs ?? 0
    for (const point of pointsIn(maker, draft)) {
      // Items of a list are alike.
      const field = point.wire.replace(/\/\d+(?=\/|$)/g, '/0')
      if (done.has(field) || done.size >= MOST_POINTS || runner.stopped) continue
      done.add(field)
      for (const texts of SERIES) {
        const largest = maker.withValue(draft, point, texts.at(-1)!)
        const [one] = await runner.tryAll(maker, [largest])
        if (one === undefined || !isCostly(one, usual)) continue
        const whole = inSizes(maker, point, texts)
        const label = `${GROWS}${point.wire}`
        const [grown] = await runner.tryAll(whole, [{ ...largest, stage: 'sequence', base: draft, labels: [label] }], {
          full: true,
        })
        if (grown !== undefined) yield { maker: whole, trial: grown, accepted: [draft] }
        break
      }
    }
  }
}

/** Fields that have room: inside JSON, and bodies and messages of plain text. */
const pointsIn = (maker: CaseMaker, draft: Draft): readonly InsertionPoint[] =>
  maker
    .points(draft)
    .filter(
      ({ kind, wire, encodings }) => kind === 'leaf' && (encodings.includes('json-string') || /\/(?:text|body)$/.test(wire)),
    )

function isCostly({ observations }: Trial, usualUs: number): boolean {
  const last = observations.at(-1)
  return last !== undefined && (last.outcome.kind === 'timed-out' || last.cpuUs > Math.max(SLOW_US, 10 * usualUs))
}

/** A maker whose cases are the event in all sizes, the largest last; other drafts are single events. */
function inSizes(maker: CaseMaker, point: InsertionPoint, texts: readonly string[]): CaseMaker {
  return {
    ...maker,
    render(draft, number) {
      if (!draft.labels[0]?.startsWith(GROWS) || getAt(draft.wire, point.wire) === undefined) return maker.render(draft, number)
      const cases = texts.map((value) => maker.render(maker.withValue(draft, point, value), number))
      const last = cases.at(-1)
      const steps = cases.flatMap((made) => made?.steps ?? [])
      return last === undefined || steps.length < texts.length ? undefined : { ...last, steps }
    },
  }
}
