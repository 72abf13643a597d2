import type { CaseMaker, Delivery, Draft, PlantedAnswer } from '../model/index.js'
import { failingBatches } from './failing-batches.js'
import { failing } from './faults.js'
import type { Judge } from './judge.js'
import { lateAnswers } from './late-answers.js'
import { redelivered } from './redelivered.js'
import type { Runner } from './runner.js'
import type { World } from './second-order.js'
import type { Step } from './steps.js'
import type { Variant } from './variant.js'

/** Rules that judge what a function makes of a failure. */
const FAULTS = new Set(['lost-write', 'unhandled-conflict', 'repeated-write'])

/** What a function makes of calls that fail, of events that come again, and of answers that come late. */
export async function* whenFailing(
  runner: Runner,
  judge: Judge,
  own: CaseMaker,
  variants: readonly Variant[],
  world: (planted: readonly PlantedAnswer[], drafts: readonly Draft[], delivery?: Delivery) => World,
): AsyncGenerator<Step> {
  for await (const { maker, accepted, trial } of failing(runner, variants, world))
    yield* judge.judge(maker, accepted, trial, ({ id }) => FAULTS.has(id))
  if (runner.judges('repeated-write'))
    for await (const { maker, accepted, trial } of redelivered(runner, own, variants, world))
      yield* judge.judge(maker, accepted, trial, ({ id }) => FAULTS.has(id))
  if (runner.judges('lost-message'))
    for await (const { maker, accepted, trial } of failingBatches(runner, variants, world))
      yield* judge.judge(maker, accepted, trial, ({ id }) => id === 'lost-message')
  if (runner.judges('unawaited-work'))
    for await (const { maker, accepted, trial } of lateAnswers(runner, variants, world))
      yield* judge.judge(maker, accepted, trial, ({ id }) => id === 'unawaited-work')
}
