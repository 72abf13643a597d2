import type { CaseMaker, Delivery, Draft, PlantedAnswer } from '../model/index.js'
import { failingBatches } from './failing-batches.js'
import { type Failing, failing } from './faults.js'
import { lateAnswers } from './late-answers.js'
import { redelivered } from './redelivered.js'
import type { Runner } from './runner.js'
import type { World } from './second-order.js'
import type { Variant } from './variant.js'

/** What happens to honest events through no fault of their own, and the rules that judge what a function makes of it. */
export interface Mishap extends Failing {
  readonly rules: readonly string[]
}

const FAULTS = ['lost-write', 'unhandled-conflict', 'repeated-write']

/** Writes that fail, events that come again, batches of which a part fails, answers that come late. */
export async function* mishaps(
  runner: Runner,
  own: CaseMaker,
  variants: readonly Variant[],
  world: (planted: readonly PlantedAnswer[], drafts: readonly Draft[], delivery?: Delivery) => World,
): AsyncGenerator<Mishap> {
  for await (const one of failing(runner, variants, world)) yield { ...one, rules: FAULTS }
  const kinds = [
    { rules: ['repeated-write'], made: () => redelivered(runner, own, variants, world) },
    { rules: ['lost-message'], made: () => failingBatches(runner, variants, world) },
    { rules: ['unawaited-work'], made: () => lateAnswers(runner, variants, world) },
  ]
  for (const { rules, made } of kinds)
    if (rules.some((rule) => runner.judges(rule))) for await (const one of made()) yield { ...one, rules }
}
