import type { CaseMaker, Trial } from '../model/index.js'
import type { Runner } from './runner.js'

/** Share of all executions that nothing learnt steers: what they show is a fair sample of what valid events make a function do. */
export const UNGUIDED = 0.1
const BATCH = 32

/**
 * Random valid events, until they are their share of the executions since `since`. They come after the search, so that it is the same
 * with and without them. What the service was seen to add to every event, such as what an authorizer says, stands in them too.
 */
export async function* unguided(
  runner: Runner,
  maker: CaseMaker,
  seed: number,
  since: number,
  isLate: () => boolean,
): AsyncGenerator<Trial> {
  const before = runner.unguided
  const missing = (): number => UNGUIDED * (runner.executions - since) - (runner.unguided - before)
  for (let n = 1; missing() > 0 && !isLate(); n++) {
    // Each of them is one execution more.
    const drafts = maker.samples(seed + n, Math.min(BATCH, Math.ceil(missing() / (1 - UNGUIDED))))
    const trials = await runner.tryAll(maker, drafts, { unguided: true })
    if (trials.length === 0) return
    yield* trials
  }
}
