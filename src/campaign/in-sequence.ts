import type { CaseMaker } from '../model/index.js'
import { alike } from './alike.js'
import { amounts } from './amounts.js'
import { authorised } from './authorised.js'
import { batched } from './batches.js'
import { forgedSenders } from './forged-senders.js'
import { growing } from './growth.js'
import { growingByPattern } from './growth-by-pattern.js'
import type { Judge } from './judge.js'
import { looped } from './loops.js'
import { keyClimbs } from './object-keys.js'
import { paired } from './pairs.js'
import { relayed } from './relayed.js'
import type { Runner } from './runner.js'
import type { Step } from './steps.js'
import type { Variant } from './variant.js'

type Sequences = readonly (readonly [
  rules: readonly string[],
  run:
    | typeof paired
    | typeof looped
    | typeof relayed
    | typeof forgedSenders
    | typeof authorised
    | typeof batched
    | typeof growing,
])[]

/** What runs honest events one after the other, by the rules that judge it. */
export const HONEST: Sequences = [
  [['state-leak'], paired],
  [['recursive-trigger'], looped],
  [['recursive-trigger'], relayed],
  [['allowed-too-far'], authorised],
  [['lost-message'], batched],
  [['lost-message'], alike],
  [['forged-sender'], forgedSenders],
  [['object-key-traversal'], keyClimbs],
]

/** What runs one event in growing sizes. */
export const GROWING: Sequences = [
  [['unbounded-memory', 'unbounded-calls'], amounts],
  [['redos'], growingByPattern],
  [['redos'], growing],
]

/** Sequences are judged by what holds of sequences only: of anything else they show no more than each of their events alone. */
export async function* inSequence(
  runner: Runner,
  judge: Judge,
  kinds: Sequences,
  maker: CaseMaker,
  variants: readonly Variant[],
): AsyncGenerator<Step> {
  for (const [rules, run] of kinds.filter(([ids]) => ids.some((id) => runner.judges(id))))
    for await (const { maker: own, accepted, trial } of run(runner, maker, variants))
      yield* judge.judge(own, accepted, trial, ({ id }) => rules.includes(id))
}
