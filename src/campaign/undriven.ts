import type { CaseMaker } from '../model/index.js'
import type { Budget } from './budget.js'
import type { Judge } from './judge.js'
import { type Arsenal, aimed } from './plan.js'
import type { Runner } from './runner.js'
import type { Step } from './steps.js'
import type { Variant } from './variant.js'

const BATCH = 32

/** Honest events fail, often for want of an answer that nobody guesses: what they reach before can be attacked all the same. */
export async function* undriven(
  runner: Runner,
  judge: Judge,
  maker: CaseMaker,
  variants: readonly Variant[],
  arsenal: Arsenal,
  budget: Budget,
): AsyncGenerator<Step> {
  const drafts = [...aimed(maker, variants, arsenal, new Set())]
  for (let from = 0; from < drafts.length && !budget.spent; from += BATCH)
    for (const trial of await runner.tryAll(maker, drafts.slice(from, from + Math.min(BATCH, budget.left))))
      yield* judge.judge(maker, [], trial, ({ proof }) => proof === 'injection')
}
