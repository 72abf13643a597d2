import type { Case, CaseMaker, Draft, Finding, Oracle, Target, Trial, Verdict } from '../model/index.js'
import type { CampaignOptions } from './campaign-options.js'
import { findingOf } from './finding.js'
import { fingerprintOf } from './fingerprint.js'
import { type Proven, prove } from './prove.js'
import type { Judged, Runner } from './runner.js'
import type { Step } from './steps.js'
import { storedCase } from './stored-case.js'
import { type Missing, noteMadeUp, noteMissing } from './target-report.js'
import { TIMES, type Told } from './told-apart.js'

/** Turns verdicts on one target's trials into findings: proven once, widened by other fields, superseded by better rules. */
export class Judge {
  /** Why honest events fail. */
  readonly missing = new Map<string, Missing>()
  #target: Target
  #runner: Runner
  #options: CampaignOptions
  #found = new Map<string, Finding>()
  #anchors = new Map<string, Set<string>>()
  #causes = new Map<string, string>()
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
    // A target that fails every honest event is not drivable: only what proves itself is judged there.
    if (accepted.length === 0 && only === undefined) return noteMissing(this.missing, trial)
    if (trial.case.stage === 'valid') noteMadeUp(this.missing, trial)
    for (const judged of this.#runner.judge(trial)) {
      if (only?.(this.#runner.oracle(judged.verdict.rule)) === false) continue
      const known = this.#found.get(judged.fingerprint) ?? this.#found.get(this.#causes.get(causeOf(judged.verdict) ?? '') ?? '')
      if (known !== undefined) {
        yield* this.#merge(judged)
        yield* this.#widen(known, maker, judged, trial)
      } else yield* this.#prove(maker, accepted, judged, trial)
    }
  }

  async *#prove(maker: CaseMaker, accepted: readonly Draft[], judged: Judged, trial: Trial): AsyncGenerator<Step> {
    const tries = this.#failed.get(judged.fingerprint) ?? 0
    if (tries >= 3 || this.#isSuperseded(judged)) return
    const foundAfter = this.#runner.executionsUntil(trial)
    this.#runner.proving = true
    const proven = await prove(this.#runner, maker, judged, trial, accepted)
    this.#runner.proving = false
    if (proven === undefined) {
      this.#failed.set(judged.fingerprint, tries + 1)
      return
    }
    yield* this.#keep(maker, judged, proven, foundAfter)
  }

  /** A pair of payloads was told apart: that is its own proof. */
  async *told(maker: CaseMaker, { family, point, trial, control, evidence }: Told): AsyncGenerator<Step> {
    const [rule = ''] = family.rules
    const pointer = maker.pointers(trial.case, trial.case.injection?.head ?? '')[0]
    const isKnown = [...this.#found.values()].some((one) => one.rule === rule && one.pointers.includes(pointer ?? ''))
    if (isKnown) return
    const canary = trial.case.canaries.find(({ canary: text }) => text === trial.case.injection?.head) ?? null
    const sink = { kind: 'response' as const, api: family.pair ?? 'boolean', location: null, frames: [] }
    const verdict = { rule, canary, sink, anchor: `pair:${point.wire}`, evidence }
    const proven = { trial, verdict, honest: control, confidence: 'confirmed' as const, minimal: false, blamed: [] }
    const judged = { verdict, fingerprint: fingerprintOf(this.#target, verdict) }
    yield* this.#keep(
      maker,
      judged,
      { ...proven, reproduced: { k: TIMES, n: TIMES } },
      this.#runner.executions,
      control.case.steps,
    )
  }

  *#keep(maker: CaseMaker, judged: Judged, proven: Proven, foundAfter: number, twin?: Case['steps']): Generator<Step> {
    const { fingerprint } = judged
    const oracle = this.#runner.oracle(judged.verdict.rule)
    const replay = this.#options.replayOf(fingerprint, this.#target)
    const where = this.#options.whereOf?.(this.#target)
    const finding = {
      ...findingOf(this.#target, maker, oracle, proven, fingerprint, replay),
      foundAfter,
      ...(where !== undefined && { reproducedOn: [{ where, ...proven.reproduced }] }),
    }
    this.#found.set(fingerprint, finding)
    this.#noteCause(judged, fingerprint)
    this.#anchors.set(fingerprint, new Set([judged.verdict.anchor]))
    const stored = storedCase(finding, proven.trial.case, this.#target, this.#options.seed, this.#options.version)
    yield { kind: 'found', finding, stored: { ...stored, ...(where !== undefined && { where }), ...(twin && { twin }) } }
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
    this.#noteCause(judged, known.fingerprint)
    if (pointer === undefined || known.pointers.includes(pointer)) return
    this.#found.set(known.fingerprint, { ...known, pointers: [...known.pointers, pointer] })
    yield { kind: 'widened', fingerprint: known.fingerprint, pointer, source: trial.case.source }
  }

  #noteCause({ verdict }: Judged, fingerprint: string): void {
    const cause = causeOf(verdict)
    if (cause !== undefined && !this.#causes.has(cause)) this.#causes.set(cause, fingerprint)
  }
}

/**
 * One path of one field that a function hands to several calls (it makes the directory, then writes the file) is one cause, and so is one
 * finding. Undefined for sinks other than files, and where nobody knows the field or the function.
 */
function causeOf({ rule, sink, canary }: Verdict): string | undefined {
  const [frame] = sink?.frames ?? []
  if (sink?.kind !== 'fs' || frame?.fn === undefined || canary === null) return undefined
  return [rule, frame.file, frame.fn, canary.point.wire].join('\0')
}
