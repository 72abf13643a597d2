import type { CampaignOptions } from '../campaign/campaign-options.js'
import { runTarget } from '../campaign/run-target.js'
import type { Step } from '../campaign/steps.js'
import type { Invoker, Oracle, Target } from '../model/index.js'
import type { History, Scope } from './history.js'
import { type Retested, type RetestOptions, retest } from './retest.js'
import { rules as ownRules } from './rules.js'

/** Share of a target's time for testing again what is known of it. */
const RETEST = 0.3

/** Attacks one target, after what is known of it was tested again. */
export async function* knownFirst(
  target: Target,
  invoker: Invoker,
  campaign: CampaignOptions,
  history: History,
  isIn: Scope['isIn'],
  signal: AbortSignal,
): AsyncGenerator<Step | Retested> {
  const rules = campaign.oracles
  const known = history.of(target.id, (one) => isIn(one) && rules.some(({ id }) => id === one.finding.rule))
  const from = campaign.now()
  const options: RetestOptions = { rules, until: from + RETEST * campaign.timeMs, now: campaign.now }
  yield* retest(target, known, invoker, options, signal)
  yield* runTarget(target, invoker, { ...campaign, timeMs: campaign.timeMs - (campaign.now() - from) }, signal)
}

/**
 * A run is silent about functions and rules that it was asked to leave out. `targets` undefined: it was asked for all, and a function
 * that is gone was not tested; nor was anything by a rule that this version does not have. `elsewhere`: targets that other runs test.
 */
export function spokenOf(
  targets: readonly Target[] | undefined,
  elsewhere: readonly Target[],
  chosen: readonly Oracle[],
  user: readonly Oracle[],
): Scope['isIn'] {
  const known = new Set([...ownRules(), ...user].map(({ id }) => id))
  return ({ finding: { target, rule } }) =>
    (chosen.some(({ id }) => id === rule) || !known.has(rule)) &&
    (targets === undefined || targets.some(({ id }) => id === target)) &&
    !elsewhere.some(({ id }) => id === target)
}
