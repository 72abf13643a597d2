import type { CaseMaker, Draft, Trial } from '../model/index.js'
import type { Variant } from './explore.js'
import type { Runner } from './runner.js'

const MOST = 8
/** Canaries of the first event of a pair are those of a number that no other case gets to. */
const OTHER = 0x2000000
const ALONE = 'without an event of another sender before it'

/** The same event of two senders, one after the other in one process. */
export interface Paired {
  readonly maker: CaseMaker
  readonly trial: Trial
  readonly accepted: readonly Draft[]
}

/** Runs honest events as pairs: what the second shows of the first, the process has kept. */
export async function* paired(runner: Runner, maker: CaseMaker, variants: readonly Variant[]): AsyncGenerator<Paired> {
  const told = variants.filter(
    ({ trial }) => trial.observations.at(-1)?.outcome.kind === 'returned' && trial.case.canaries.length > 0,
  )
  const pairs = inPairs(maker)
  for (const { draft } of told.slice(-MOST).reverse()) {
    if (runner.stopped) return
    const [trial] = await runner.tryAll(pairs, [{ ...draft, stage: 'sequence' }])
    if (trial !== undefined) yield { maker: pairs, trial, accepted: [alone(draft)] }
  }
}

const alone = (draft: Draft): Draft => ({ ...draft, stage: 'sequence', labels: [ALONE] })

/** A maker whose cases are two steps; drafts that are to stay alone say so. */
function inPairs(maker: CaseMaker): CaseMaker {
  return {
    ...maker,
    recipe: (made) => ['# after another sender has sent the same with other values', ...maker.recipe(made)],
    render(draft, number) {
      const mine = maker.render(draft, number)
      const theirs = draft.labels.includes(ALONE) ? undefined : maker.render(draft, number + OTHER)
      return mine === undefined || theirs === undefined ? mine : { ...mine, steps: [...theirs.steps, ...mine.steps] }
    },
  }
}
