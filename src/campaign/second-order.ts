import type { CaseMaker, Draft, Oracle, PayloadFamily, PlantedAnswer, Trial } from '../model/index.js'
import { blindly } from './blindly.js'
import { aimed } from './plan.js'
import { plantable } from './plantable.js'
import { plausible } from './plausible.js'
import { reachedPoints } from './reach.js'
import type { Runner } from './runner.js'
import type { SourceWords } from './source-words.js'
import { type Variant, variantOf } from './variant.js'

/** The same events in a world where AWS answers with what others have written. */
export interface World {
  readonly maker: CaseMaker
  readonly drafts: readonly Draft[]
}

const MOST_VARIANTS = 6

/** What one form of the answers leads to: the maker of its cases, its honest drafts that were answered, and what to try. */
export interface Lead {
  readonly maker: CaseMaker
  readonly accepted: readonly Draft[]
  readonly drafts: readonly Draft[]
}

/**
 * Second-order attacks: the answers of AWS carry canaries in what an end user can have written; where one is seen to reach a sink,
 * payloads follow. Only injection is judged here: that our answer has the right shape is a guess, so an error by it proves nothing.
 */
export async function* secondOrder(
  runner: Runner,
  variants: readonly Variant[],
  words: SourceWords,
  arsenal: { readonly families: readonly PayloadFamily[]; readonly oracles: readonly Oracle[] },
  world: (planted: readonly PlantedAnswer[], drafts: readonly Draft[]) => World,
): AsyncGenerator<Lead> {
  const injections = arsenal.oracles.filter(({ proof }) => proof === 'injection')
  const trials = variants.map(({ trial }) => trial)
  for (const planted of plantable(trials, words)) {
    if (runner.stopped) return
    const asking = variants.filter(({ trial }) => asks(trial, planted)).slice(-MOST_VARIANTS)
    const { maker, drafts } = world(
      planted,
      asking.map(({ draft }) => draft),
    )
    const honest = await runner.tryAll(maker, [...drafts, ...drafts.map((draft) => plausible(maker, draft))])
    const reached = honest.map((trial) => variantOf(trial, reachedPoints(trial)))
    const done = new Set<string>()
    yield {
      maker,
      accepted: honest
        .filter(({ observations }) => observations.at(-1)?.outcome.kind === 'returned')
        .map((one) => one.case.draft),
      drafts: [aimed, blindly].flatMap((kind) => [
        ...kind(maker, reached, { families: arsenal.families, oracles: injections }, done),
      ]),
    }
  }
}

export const asks = ({ observations }: Trial, planted: readonly PlantedAnswer[]): boolean =>
  observations.some(({ aws }) =>
    aws.some((call) => planted.some(({ service, operation }) => service === call.service && operation === call.operation)),
  )
