import { type CaseMaker, type InsertionPoint, SLOT, type Trial } from '../model/index.js'
import { costs, type Grown, series } from './growth.js'
import type { Runner } from './runner.js'
import { type SlowText, slowText } from './slow-text.js'
import type { Variant } from './variant.js'

const MOST_VARIANTS = 16
const MOST_PATTERNS = 12

/** Texts that the function's own patterns are slow on, as far as honest events show which field is matched with which pattern. */
export async function* growingByPattern(runner: Runner, maker: CaseMaker, variants: readonly Variant[]): AsyncGenerator<Grown> {
  const latest = variants.slice(-MOST_VARIANTS)
  const drafts = latest.map(({ draft }) => draft)
  const known = new Map<string, SlowText | undefined>()
  const done = new Set<string>()
  for (const seen of await runner.tryAll(maker, drafts, { mode: 'discover' })) {
    const usual = latest.find(({ draft }) => draft === seen.case.draft)?.trial.observations.at(-1)?.cpuUs ?? 0
    for (const { point, source, flags } of matchedIn(seen)) {
      const pattern = `${flags} ${source}`
      if (runner.stopped || done.has(`${point.wire} ${pattern}`)) continue
      done.add(`${point.wire} ${pattern}`)
      if (!known.has(pattern) && known.size < MOST_PATTERNS) known.set(pattern, slowText(source, flags))
      const texts = sizes(known.get(pattern))
      if (texts === undefined) continue
      // The first event that got there may have paid for what is loaded once: a client of AWS takes 100 ms.
      const [again] = await runner.tryAll(maker, [seen.case.draft])
      const least = Math.min(usual, again?.observations.at(-1)?.cpuUs ?? usual)
      if (!(await costs(runner, maker, seen.case.draft, [point], least, texts))) continue
      const grown = await series(runner, maker, seen.case.draft, point, texts)
      if (grown !== undefined) yield grown
    }
  }
}

interface Matched {
  readonly point: InsertionPoint
  readonly source: string
  readonly flags: string
}

/** Fields whose marker a pattern was run on. */
const matchedIn = ({ case: { canaries }, observations }: Trial): readonly Matched[] =>
  (observations[0]?.compared ?? []).flatMap(({ op, text, other }) => {
    const canary = canaries.find((one) => text.toLowerCase().includes(one.canary))
    const [, flags] = /^(?:regex|pattern):(.*)$/.exec(op) ?? []
    return canary === undefined || flags === undefined ? [] : [{ point: canary.point, source: String(other), flags }]
  })

/** A short one first, since a process takes its time for what it does first. */
const sizes = (slow: SlowText | undefined): readonly string[] | undefined =>
  slow && [SLOT, ...slow.counts.map((count) => slow.before + slow.pump.repeat(count / slow.pump.length) + slow.after + SLOT)]
