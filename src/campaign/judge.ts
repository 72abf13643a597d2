import type { CaseMaker, Draft, Finding, Oracle, Target, Trial } from '../model/index.js'
import { findingOf } from './finding.js'
import { prove } from './prove.js'
import type { CampaignOptions } from './run-target.js'
import type { Judged, Runner } from './runner.js'
import type { Step } from './steps.js'
import { storedCase } from './stored-case.js'
import { type Missing, noteMadeUp, noteMissing } from './target-report.js'

/** Turns verdicts on one target's trials into findings: proven once, widened by other fields, superseded by better rules. */
export class Judge {
  /** Why honest events fail. */
  readonly missing = new Map<string, Missing>()
  #target: Target
  #runner: Runner
  #options: CampaignOptions
  #found = new Map<string, Finding>()
  #anchors = new Map<string, Set<string>>()
  #failed = new Map<string, number>()

  constructor(target: Target, runner: Runner, options: CampaignOptions) {
    this.#target = target
    this.#runner = runner
    this.#options = options
  }

  /** `only`: verdicts of other rules do not count. */
  async *judge(
    maker: CaseMaker,
    accepted: readonly Draft[],
    trial: Trial,
    only?: (oracle: Oracle) => boolean,
  ): AsyncGenerator<Step> {
    // A target that fails every honest event is not drivable, never vulnerable.
    if (accepted.length === 0) return noteMissing(this.missing, trial)
    if (trial.case.stage === 'valid') noteMadeUp(this.missing, trial)
    for (const judged of this.#runner.judge(trial)) {
      if (only?.(this.#runner.oracle(judged.verdict.rule)) === false) continue
      const known = this.#found.get(judged.fingerprint)
      if (known !== undefined) {
        yield* this.#merge(judged)
        yield* this.#widen(known, maker, judged, trial)
      } else yield* this.#prove(maker, accepted, judged, trial)
    }
  }

  async *#prove(maker: CaseMaker, accepted: readonly Draft[], judged: Judged, trial: Trial): AsyncGenerator<Step> {
    const tries = this.#failed.get(judged.fingerprint) ?? 0
    if (tries >= 3 || this.#isSuperseded(judged)) return
    const foundAfter = this.#runner.executions
    this.#runner.proving = true
    const proven = await prove(this.#runner, maker, judged, trial, accepted)
    this.#runner.proving = false
    if (proven === undefined) {
      this.#failed.set(judged.fingerprint, tries + 1)
      return
    }
    const { fingerprint } = judged
    const oracle = this.#runner.oracle(judged.verdict.rule)
    const replay = this.#options.replayOf(fingerprint)
    const finding = { ...findingOf(this.#target, maker, oracle, proven, fingerprint, replay), foundAfter }
    this.#found.set(fingerprint, finding)
    this.#anchors.set(fingerprint, new Set([judged.verdict.anchor]))
    yield {
      kind: 'found',
      finding,
      stored: storedCase(finding, proven.trial.case, this.#target, this.#options.seed, this.#options.version),
    }
    for (const lesser of this.#superseded(judged)) yield { kind: 'superseded', fingerprint: lesser, by: fingerprint }
  }

  /** Another place at which a known cause shows: what lesser rules say of it is said already. */
  *#merge(judged: Judged): Generator<Step> {
    const anchors = this.#anchors.get(judged.fingerprint)
    if (anchors === undefined || anchors.has(judged.verdict.anchor)) return
    anchors.add(judged.verdict.anchor)
    for (const lesser of this.#superseded(judged)) yield { kind: 'superseded', fingerprint: lesser, by: judged.fingerprint }
  }

  /** Findings of lesser rules with the same anchor. */
  #superseded(judged: Judged): string[] {
    const lesser = this.#runner.oracle(judged.verdict.rule).supersedes ?? []
    const same = [...this.#found].filter(
      ([id, finding]) => lesser.includes(finding.rule) && this.#anchors.get(id)?.has(judged.verdict.anchor) === true,
    )
    for (const [id] of same) this.#found.delete(id)
    return same.map(([id]) => id)
  }

  #isSuperseded(judged: Judged): boolean {
    const { rule, anchor } = judged.verdict
    return [...this.#anchors].some(
      ([id, others]) =>
        others.has(anchor) && this.#runner.oracle(this.#found.get(id)?.rule ?? rule).supersedes?.includes(rule) === true,
    )
  }

  *#widen(known: Finding, maker: CaseMaker, judged: Judged, trial: Trial): Generator<Step> {
    const marker = judged.verdict.canary?.canary
    const pointer = marker === undefined ? undefined : maker.pointers(trial.case, marker)[0]
    if (pointer === undefined || known.pointers.includes(pointer)) return
    this.#found.set(known.fingerprint, { ...known, pointers: [...known.pointers, pointer] })
    yield { kind: 'widened', fingerprint: known.fingerprint, pointer, source: trial.case.source }
  }
}
