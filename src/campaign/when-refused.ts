import type { CaseMaker, Draft } from '../model/index.js'
import type { Judge } from './judge.js'
import type { Runner } from './runner.js'
import type { Step } from './steps.js'
import type { Variant } from './variant.js'
import { consumedAnswer } from './without-answer.js'

/** Retries with pauses may take each of them to the function's timeout. */
const MOST = 4
/** Rules that speak of how a function fails, and of what it says then. */
const SPEAKS = new Set(['unhandled-error', 'crash', 'malformed-response', 'secret-in-log', 'secret-leak', 'verbose-error'])

/** Honest events while no other host answers: where they are answered, the code for failed requests would never run. */
export async function* whenRefused(
  runner: Runner,
  judge: Judge,
  maker: CaseMaker,
  variants: readonly Variant[],
  accepted: readonly Draft[],
): AsyncGenerator<Step> {
  const asking = variants.filter(({ trial }) => consumedAnswer(trial)).slice(0, MOST)
  if (asking.length === 0) return
  runner.web = 'refused'
  try {
    const drafts = asking.map(({ draft }) => draft)
    for (const trial of await runner.tryAll(maker, drafts)) yield* judge.judge(maker, accepted, trial, ({ id }) => SPEAKS.has(id))
  } finally {
    runner.web = undefined
  }
}
