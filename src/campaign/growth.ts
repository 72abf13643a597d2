import { type CaseMaker, type Draft, getAt, type InsertionPoint, SLOT, type Trial } from '../model/index.js'
import type { Runner } from './runner.js'
import type { Variant } from './variant.js'

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
    const points = fresh(pointsIn(maker, draft), done)
    for (const group of await groupsOf(runner, maker, draft, points, trial)) {
      let open = group
      for (const texts of SERIES) {
        if (open.length === 0 || !(await costs(runner, maker, draft, open, usual, texts))) continue
        const together = open.length > 1
        for (const point of open) {
          if (together && !(await costs(runner, maker, draft, [point], usual, texts))) continue
          open = open.filter((one) => one !== point)
          const grown = await series(runner, maker, draft, point, texts)
          if (grown !== undefined) yield grown
        }
      }
    }
  }
}

/** Those that no variant before had; items of a list are alike. */
function fresh(points: readonly InsertionPoint[], done: Set<string>): readonly InsertionPoint[] {
  return points.filter(({ wire }) => {
    const field = wire.replace(/\/\d+(?=\/|$)/g, '/0')
    if (done.has(field) || done.size >= MOST_POINTS) return false
    done.add(field)
    return true
  })
}

/** All fields together, unless the function refuses long texts in one of them: then it has to be asked for each. */
async function groupsOf(
  runner: Runner,
  maker: CaseMaker,
  draft: Draft,
  points: readonly InsertionPoint[],
  honest: Trial,
): Promise<readonly (readonly InsertionPoint[])[]> {
  if (points.length < 2) return points.map((point) => [point])
  const [one] = await runner.tryAll(maker, [withText(maker, draft, points, SERIES[0]!.at(-1)!)])
  return one === undefined || endOf(one) !== endOf(honest) ? points.map((point) => [point]) : [points]
}

/** How an event ended: the status of an answer, or the kind of the end. */
function endOf({ observations }: Trial): string {
  const outcome = observations.at(-1)?.outcome
  if (outcome?.kind !== 'returned') return outcome?.kind === 'timed-out' ? 'returned' : String(outcome?.kind)
  return /"statusCode":\s*(\d+)/.exec(outcome.text)?.[1] ?? 'returned'
}

const withText = (maker: CaseMaker, draft: Draft, points: readonly InsertionPoint[], text: string): Draft =>
  points.reduce((filled, point) => maker.withValue(filled, point, text), draft)

/** The longest text of a series costs the function dear in these fields. */
export async function costs(
  runner: Runner,
  maker: CaseMaker,
  draft: Draft,
  points: readonly InsertionPoint[],
  usualUs: number,
  texts: readonly string[],
): Promise<boolean> {
  const [one] = runner.stopped ? [] : await runner.tryAll(maker, [withText(maker, draft, points, texts.at(-1)!)])
  return one !== undefined && isCostly(one, usualUs)
}

export async function series(
  runner: Runner,
  maker: CaseMaker,
  draft: Draft,
  point: InsertionPoint,
  texts: readonly string[],
): Promise<Grown | undefined> {
  const whole = inSizes(maker, point, texts)
  const largest = maker.withValue(draft, point, texts.at(-1)!)
  const label = `${GROWS}${point.wire}`
  const [trial] = await runner.tryAll(whole, [{ ...largest, stage: 'sequence', base: draft, labels: [label] }], { full: true })
  return trial === undefined ? undefined : { maker: whole, trial, accepted: [draft] }
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
