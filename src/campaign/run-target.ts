import type {
  CaseMaker,
  Draft,
  Finding,
  Invoker,
  Oracle,
  PayloadFamily,
  PlantedAnswer,
  Proof,
  Session,
  SourceId,
  Target,
  Trial,
} from '../model/index.js'
import { Budget } from './budget.js'
import { endless } from './endless.js'
import { evidenceOf, orphanEvidence } from './evidence.js'
import { Explorer } from './explore.js'
import { findingOf } from './finding.js'
import { type Arsenal, plan } from './plan.js'
import { prove } from './prove.js'
import { randomOf, unitSeed } from './random.js'
import { redact } from './redact.js'
import { type Judged, Runner } from './runner.js'
import { secondOrder, type World } from './second-order.js'
import { type SourceWords, sourceWords } from './source-words.js'
import type { Step } from './steps.js'
import { storedCase } from './stored-case.js'
import { emptyReport, type Missing, noteMissing, targetReport } from './target-report.js'

export interface CampaignOptions {
  readonly seed: number
  /** Search executions for this target; Infinity when only time limits it. */
  readonly runs: number
  /** Milliseconds for this target; Infinity when only executions limit it. */
  readonly timeMs: number
  readonly oracles: readonly Oracle[]
  readonly families: readonly PayloadFamily[]
  readonly version: string
  makers(source: SourceId, tag: number, target: Target): CaseMaker
  /** The same source in a world where AWS answers with what others have written. */
  world(source: SourceId, tag: number, target: Target, planted: readonly PlantedAnswer[], drafts: readonly Draft[]): World
  replayOf(fingerprint: string): string
  now(): number
}

/** Share of a unit's budget for finding honest events that get far. */
const LEARNING = 0.45
const BATCH = 32
/** Share of a unit's budget that second-order attacks leave to what comes after them. */
const KEPT = 0.2

/** Attacks one target: baseline, explore, attack, prove. A stream of steps; it ends by itself or when the signal says so. */
export async function* runTarget(
  target: Target,
  invoker: Invoker,
  options: CampaignOptions,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  if (signal.aborted) return
  yield { kind: 'started', target: target.id, source: null }
  const opened = await invoker.open(target)
  if (opened.kind === 'not-loaded') {
    yield {
      kind: 'finished',
      target: {
        ...emptyReport(target),
        status: 'not-loaded',
        missing: [{ kind: 'load', name: `${opened.type}: ${opened.reason}` }],
      },
    }
    return
  }
  await using session = opened.session
  const words = sourceWords(session.code)
  // Nothing secret goes on: what comes after this writes it to the disk or the terminal.
  for await (const step of new TargetRun(target, session, words, options, signal).steps()) yield redact(step, session.secrets)
}

class TargetRun {
  #target: Target
  #session: Session
  #words: SourceWords
  #options: CampaignOptions
  #runner: Runner
  #found = new Map<string, Finding>()
  #failed = new Map<string, number>()
  #heard: { trial: Trial; control: boolean }[] = []
  #missing = new Map<string, Missing>()
  #drivable = false

  constructor(target: Target, session: Session, words: SourceWords, options: CampaignOptions, signal: AbortSignal) {
    this.#target = target
    this.#session = session
    this.#words = words
    this.#options = options
    this.#runner = new Runner(session, target, options.oracles, signal, (trial, control) => this.#heard.push({ trial, control }))
  }

  async *steps(): AsyncGenerator<Step> {
    const units = this.#target.sources
    const started = this.#options.now()
    for (const [i, source] of units.entries()) {
      if (this.#runner.stopped) break
      const left = units.length - i
      const spent = this.#options.now() - started
      yield* this.#unit(source, this.#options.runs / units.length, (this.#options.timeMs - spent) / left)
    }
    yield* this.#told()
    // Interrupted before honest events were through: nothing can be said of it.
    if (!this.#drivable && this.#runner.stopped) return
    yield {
      kind: 'finished',
      target: targetReport(this.#target, this.#words, this.#runner, this.#drivable, this.#missing.values()),
    }
  }

  async *#unit(source: SourceId, runs: number, timeMs: number): AsyncGenerator<Step> {
    yield { kind: 'started', target: this.#target.id, source }
    const seed = unitSeed(this.#options.seed, this.#target.id, source)
    const maker = this.#options.makers(source, seed & 0x3ff, this.#target)
    const random = randomOf(seed)
    const explorer = new Explorer(this.#runner, maker, this.#words, random)
    const budget = new Budget(this.#runner, runs, timeMs, this.#options.now)
    const accepted = explorer.accepted
    const judge = this.#judge.bind(this, maker, accepted)
    for await (const trial of explorer.baseline(seed)) yield* judge(trial)
    for await (const trial of explorer.learn(Math.min(LEARNING * runs, 4_000))) yield* judge(trial)
    if (explorer.accepted.length === 0) return
    this.#drivable = true
    const arsenal = { families: this.#options.families, oracles: this.#options.oracles }
    const { first, rest } = plan(maker, explorer.variants, arsenal, random)
    yield* this.#tryAll(maker, accepted, first, budget)
    yield* this.#secondOrder(source, seed & 0x3ff, explorer, arsenal, budget)
    yield* this.#tryAll(maker, accepted, rest, budget)
    for (let from = rest.length; !budget.spent; from += BATCH) {
      const more = endless(maker, explorer.variants, arsenal.families, random, from, BATCH)
      yield* this.#tryAll(maker, accepted, more, budget)
    }
  }

  async *#tryAll(maker: CaseMaker, accepted: readonly Draft[], drafts: readonly Draft[], budget: Budget): AsyncGenerator<Step> {
    for (let from = 0; from < drafts.length && !budget.spent; from += BATCH) {
      const batch = drafts.slice(from, from + Math.min(BATCH, budget.left))
      for (const trial of await this.#runner.tryAll(maker, batch)) yield* this.#judge(maker, accepted, trial)
      yield* this.#told()
    }
  }

  async *#secondOrder(
    source: SourceId,
    tag: number,
    { variants }: Explorer,
    arsenal: Arsenal,
    budget: Budget,
  ): AsyncGenerator<Step> {
    const world = (planted: readonly PlantedAnswer[], drafts: readonly Draft[]) =>
      this.#options.world(source, tag, this.#target, planted, drafts)
    for await (const lead of secondOrder(this.#runner, variants, this.#words, arsenal, world)) {
      for (let from = 0; from < lead.drafts.length && !budget.spent && budget.left > budget.runs * KEPT; from += BATCH) {
        const trials = await this.#runner.tryAll(lead.maker, lead.drafts.slice(from, from + BATCH))
        for (const trial of trials) yield* this.#judge(lead.maker, lead.accepted, trial, 'injection')
      }
    }
  }

  /** `only`: verdicts of rules with another proof do not count. */
  async *#judge(maker: CaseMaker, accepted: readonly Draft[], trial: Trial, only?: Proof): AsyncGenerator<Step> {
    // A target that fails every honest event is not drivable, never vulnerable.
    if (accepted.length === 0) return noteMissing(this.#missing, trial)
    for (const judged of this.#runner.judge(trial)) {
      if (only !== undefined && this.#runner.oracle(judged.verdict.rule).proof !== only) continue
      const known = this.#found.get(judged.fingerprint)
      if (known !== undefined) yield* this.#widen(known, maker, judged, trial)
      else yield* this.#prove(maker, accepted, judged, trial)
    }
  }

  async *#prove(maker: CaseMaker, accepted: readonly Draft[], judged: Judged, trial: Trial): AsyncGenerator<Step> {
    const tries = this.#failed.get(judged.fingerprint) ?? 0
    if (tries >= 3 || this.#isSuperseded(judged)) return
    this.#runner.proving = true
    const proven = await prove(this.#runner, maker, judged, trial, accepted)
    this.#runner.proving = false
    if (proven === undefined) {
      this.#failed.set(judged.fingerprint, tries + 1)
      return
    }
    const { fingerprint } = judged
    const finding = findingOf(
      this.#target,
      maker,
      this.#runner.oracle(judged.verdict.rule),
      proven,
      fingerprint,
      this.#options.replayOf(fingerprint),
    )
    this.#found.set(fingerprint, finding)
    this.#anchors.set(fingerprint, judged.verdict.anchor)
    yield {
      kind: 'found',
      finding,
      stored: storedCase(finding, proven.trial.case, this.#target, this.#options.seed, this.#options.version),
    }
    for (const lesser of this.#superseded(judged)) yield { kind: 'superseded', fingerprint: lesser, by: fingerprint }
  }

  #anchors = new Map<string, string>()

  /** Findings of lesser rules with the same anchor. */
  #superseded(judged: Judged): string[] {
    const lesser = this.#runner.oracle(judged.verdict.rule).supersedes ?? []
    const same = [...this.#found].filter(
      ([id, finding]) => lesser.includes(finding.rule) && this.#anchors.get(id) === judged.verdict.anchor,
    )
    for (const [id] of same) this.#found.delete(id)
    return same.map(([id]) => id)
  }

  #isSuperseded(judged: Judged): boolean {
    const { rule, anchor } = judged.verdict
    return [...this.#anchors].some(
      ([id, other]) =>
        other === anchor && this.#runner.oracle(this.#found.get(id)?.rule ?? rule).supersedes?.includes(rule) === true,
    )
  }

  *#widen(known: Finding, maker: CaseMaker, judged: Judged, trial: Trial): Generator<Step> {
    const marker = judged.verdict.canary?.canary
    const pointer = marker === undefined ? undefined : maker.pointers(trial.case, marker)[0]
    if (pointer === undefined || known.pointers.includes(pointer)) return
    this.#found.set(known.fingerprint, { ...known, pointers: [...known.pointers, pointer] })
    yield { kind: 'widened', fingerprint: known.fingerprint, pointer, source: trial.case.source }
  }

  /** Evidence and progress since the last time. */
  *#told(): Generator<Step> {
    const heard = this.#heard.splice(0)
    const lines = heard.flatMap(({ trial, control }) => [...evidenceOf(this.#target, trial, control)])
    const orphans = this.#session.unattributed().map((call) => orphanEvidence(this.#target, call))
    if (lines.length + orphans.length > 0) yield { kind: 'called', evidence: [...lines, ...orphans] }
    yield { kind: 'tried', target: this.#target.id, executions: this.#runner.executions }
  }
}
