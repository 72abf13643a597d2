import type { CaseMaker, Delivery, Draft, Oracle, PayloadFamily, PlantedAnswer, SourceId, Target } from '../model/index.js'
import type { OtherFormat } from './formats.js'
import type { Chain } from './links.js'
import type { World } from './second-order.js'

/** What a campaign is given: limits, rules, payloads, and what makes cases of a source. */
export interface CampaignOptions {
  readonly seed: number
  /** Search executions for this target; Infinity when only time limits it. */
  readonly runs: number
  /** Milliseconds for this target; Infinity when only executions limit it. */
  readonly timeMs: number
  readonly oracles: readonly Oracle[]
  readonly families: readonly PayloadFamily[]
  /** Pairs for functions that nothing looks into; absent where sinks are seen. */
  readonly pairs?: readonly PayloadFamily[] | undefined
  readonly version: string
  makers(source: SourceId, tag: number, target: Target): CaseMaker
  /** The same source in a world where AWS answers with what others have written. */
  world(
    source: SourceId,
    tag: number,
    target: Target,
    planted: readonly PlantedAnswer[],
    drafts: readonly Draft[],
    delivery?: Delivery,
  ): World
  /** The same source, two events one after the other. */
  chain(source: SourceId, tag: number, target: Target, chain: Chain): World
  /** Other formats in which the same requests reach the function, whose running code is at `code`; absent where it runs elsewhere. */
  formats?(source: SourceId, tag: number, target: Target, code: string): readonly OtherFormat[]
  replayOf(fingerprint: string, target: Target): string
  /** Where a target runs, when that is not this machine. */
  whereOf?(target: Target): string | undefined
  now(): number
}
