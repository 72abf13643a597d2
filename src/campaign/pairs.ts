import { type CaseMaker, canariesIn, type Draft, getAt, SLOT, type Trial } from '../model/index.js'
import { isRefused } from './refused.js'
import type { Runner } from './runner.js'
import type { Variant } from './variant.js'

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
  const drafts = told
    .slice(-MOST)
    .reverse()
    .map(({ draft }) => draft)
  // What was refused keeps nothing: those that were served first.
  const served = [...told].reverse().sort((a, b) => Number(isRefused(a.trial)) - Number(isRefused(b.trial)))
  const stretched = served
    .map(({ draft }) => stretch(maker, draft))
    .filter((draft) => draft !== undefined)
    .slice(0, MOST)
  for (const draft of [...drafts, ...stretched]) {
    if (runner.stopped) return
    const pair: Draft = { ...draft, stage: 'sequence' }
    let [trial] = await runner.tryAll(pairs, [pair])
    // What was kept of an event before both of them: in a fresh process the first of the pair will be the one.
    if (trial !== undefined && hasForeign(trial)) {
      await runner.session.renew()
      trial = (await runner.tryAll(pairs, [pair]))[0]
    }
    if (trial !== undefined) yield { maker: pairs, trial, accepted: [alone(draft)] }
  }
}

/** Longer than what functions shorten without a word, with blanks that they tidy up: what they note then may stay behind. */
const LONG = `${SLOT}  ${'and more '.repeat(8)}`

/** The event with long texts in its documents; undefined where it has none. */
function stretch(maker: CaseMaker, draft: Draft): Draft | undefined {
  const free = maker
    .points(draft)
    .filter(
      ({ kind, wire, encodings }) => kind === 'leaf' && encodings.at(-1) === 'json-string' && getAt(draft.wire, wire) === SLOT,
    )
  return free.length === 0 ? undefined : free.reduce((made, point) => maker.withValue(made, point, LONG), draft)
}

/** The answer, or a call, holds what neither of the events brought. */
function hasForeign({ case: { steps }, observations }: Trial): boolean {
  const sent = new Set(steps.flatMap(({ text }) => canariesIn(text)))
  return observations.some(({ outcome, effects }) =>
    canariesIn(JSON.stringify([outcome, effects])).some((canary) => !sent.has(canary)),
  )
}

export const alone = (draft: Draft): Draft => ({ ...draft, stage: 'sequence', labels: [ALONE] })

/** A maker whose cases are two steps; drafts that are to stay alone say so. */
export function inPairs(maker: CaseMaker): CaseMaker {
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
