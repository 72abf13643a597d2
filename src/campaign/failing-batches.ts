import type { Draft, PlantedAnswer } from '../model/index.js'
import { type Batched, distinct, listOf, reported, wentWell, withEach } from './batches.js'
import { denying } from './faults.js'
import type { Runner } from './runner.js'
import type { World } from './second-order.js'
import type { Variant } from './variant.js'

const MOST_FAILING = 2
const MOST_PASSED_OVER = 3

/**
 * A record whose write is denied, in one batch with one that makes no call: many functions fail by what they call alone, so that
 * no record was seen to be reported.
 */
export async function* failingBatches(
  runner: Runner,
  variants: readonly Variant[],
  world: (planted: readonly PlantedAnswer[], drafts: readonly Draft[]) => World,
): AsyncGenerator<Batched> {
  const single = variants.filter(({ draft, trial }) => listOf(draft)?.records.length === 1 && wentWell(trial))
  const callsOf = ({ trial }: Variant) => trial.observations.at(-1)?.aws ?? []
  const others = distinct(single.filter((one) => callsOf(one).length === 0)).slice(0, MOST_PASSED_OVER)
  const writing = distinct(single.filter((one) => callsOf(one).some((call) => denying(call) !== undefined)))
  if (others.length === 0) return
  for (const bad of writing.slice(-MOST_FAILING)) {
    const planted = callsOf(bad)
      .map(denying)
      .find((one) => one !== undefined)!
    const drafts = [bad, ...others].map(({ draft }) => draft)
    const { maker, drafts: made } = world([planted], drafts)
    const [alone] = await runner.tryAll(maker, made.slice(0, 1))
    if (alone === undefined || reported(alone).length === 0) continue
    yield* withEach(
      runner,
      maker,
      made[0]!,
      made.slice(1).map((draft) => ({ draft })),
    )
  }
}
