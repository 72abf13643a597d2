import type { CaseMaker, Delivery, Draft, Invoker, PlantedAnswer, Session, SourceId, Target, Trial } from '../model/index.js'
import { askedMaker } from './as-asked.js'
import { Budget } from './budget.js'
import type { CampaignOptions } from './campaign-options.js'
import { endless } from './endless.js'
import { evidenceOf, orphanEvidence } from './evidence.js'
import { Explorer } from './explore.js'
import { follow } from './follow.js'
import { inFormats } from './formats.js'
import { GROWING, HONEST, inSequence } from './in-sequence.js'
import { Judge } from './judge.js'
import { type Arsenal, atOnce, plan } from './plan.js'
import { randomOf, unitSeed } from './random.js'
import { redact } from './redact.js'
import { remembered } from './remembered.js'
import { type RunFor, Runner } from './runner.js'
import { secondOrder, type World } from './second-order.js'
import { chained } from './sequences.js'
import { type SourceWords, sourceWords } from './source-words.js'
import type { Step } from './steps.js'
import { emptyReport, targetReport } from './target-report.js'
import { pairs } from './told-apart.js'
import { undriven } from './undriven.js'
import { UNGUIDED, unguided } from './unguided.js'
import { whenFailing } from './when-failing.js'
import { whenRefused } from './when-refused.js'

/** Share of a unit's budget for finding honest events that get far. */
const LEARNING = 0.45
/** Share of its time, where time limits it. */
const LEARNING_TIME = 0.7
const BATCH = 32
/** Share of what is left of a unit's budget that pairs may take, and how many executions where nothing limits them. */
const PAIRED = 0.5
const MOST_PAIRED = 2_000
const MOST_KEPT = 32
const FORMATS = 'format-disagreement'
const STATE = 'state-leak'

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
  #judge: Judge
  #heard: { trial: Trial; why: RunFor }[] = []
  #drivable = false

  constructor(target: Target, session: Session, words: SourceWords, options: CampaignOptions, signal: AbortSignal) {
    this.#target = target
    this.#session = session
    this.#words = words
    this.#options = options
    this.#runner = new Runner(session, target, options.oracles, signal, (trial, why) => this.#heard.push({ trial, why }))
    this.#judge = new Judge(target, this.#runner, options)
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
    const reached = await this.#session.coverage()
    yield {
      kind: 'finished',
      target: targetReport(this.#target, this.#words, this.#runner, this.#drivable, this.#judge.missing, reached),
    }
  }

  async *#unit(source: SourceId, runs: number, timeMs: number): AsyncGenerator<Step> {
    yield { kind: 'started', target: this.#target.id, source }
    // From outside no call is seen: there would be nothing to estimate.
    const fair = this.#options.pairs === undefined ? UNGUIDED : 0
    const [since, until] = [this.#runner.executions, this.#options.now() + timeMs]
    const seed = unitSeed(this.#options.seed, this.#target.id, source)
    const makerOf = (target: Target) => this.#options.makers(source, seed & 0x3ff, target)
    const maker = await askedMaker(this.#runner, makerOf, this.#target)
    const accepted = yield* this.#search(source, maker, runs, timeMs * (1 - fair))
    if (fair === 0 || accepted.length === 0) return
    const isLate = (): boolean => this.#runner.stopped || this.#options.now() >= until
    for await (const trial of unguided(this.#runner, maker, seed, since, isLate)) yield* this.#judge.judge(maker, accepted, trial)
  }

  /** Events that were accepted; none when the function cannot be driven. */
  async *#search(source: SourceId, maker: CaseMaker, runs: number, timeMs: number): AsyncGenerator<Step, readonly Draft[]> {
    const seed = unitSeed(this.#options.seed, this.#target.id, source)
    const random = randomOf(seed)
    const budget = new Budget(this.#runner, runs, timeMs, this.#options.now)
    const arsenal = { families: this.#options.families, oracles: this.#options.oracles }
    const done = new Set<string>()
    let explorer = new Explorer(this.#runner, maker, this.#words, random)
    this.#runner.madeUp = false
    this.#runner.web = undefined
    yield* this.#explored(seed, maker, explorer, budget, runs, arsenal, done)
    // It may live with a host that does not answer, and not with what we made up.
    if (explorer.accepted.length === 0 && this.#runner.madeUp) {
      explorer = new Explorer(this.#runner, maker, this.#words, random)
      this.#runner.web = 'refused'
      yield* this.#explored(seed, maker, explorer, budget, budget.left, arsenal, done)
    }
    const { accepted } = explorer
    if (accepted.length === 0) {
      yield* undriven(this.#runner, this.#judge, maker, explorer.variants, arsenal, budget)
      return accepted
    }
    this.#drivable = true
    const wires = explorer.variants.slice(-MOST_KEPT).map(({ draft }) => draft.wire)
    yield { kind: 'explored', target: this.#target.id, source, wires }
    const { first, rest, last } = plan(maker, explorer.variants, { ...arsenal, accepted }, random, done)
    // A dozen executions, and nothing else shows what they show.
    if (!budget.late)
      yield* whenFailing(this.#runner, this.#judge, maker, explorer.variants, this.#worldOf(source, seed & 0x3ff, maker))
    if (!budget.late) yield* whenRefused(this.#runner, this.#judge, maker, explorer.variants, accepted)
    if (!budget.late) yield* inSequence(this.#runner, this.#judge, HONEST, maker, explorer.variants)
    if (!budget.late) yield* this.#inFormats(source, seed & 0x3ff, maker, explorer)
    yield* this.#toldApart(maker, explorer, random, budget)
    yield* this.#tryAll(maker, accepted, first, budget)
    if (!budget.late) yield* inSequence(this.#runner, this.#judge, GROWING, maker, explorer.variants)
    yield* this.#stored(source, seed & 0x3ff, maker, explorer, arsenal, budget)
    yield* this.#tryAll(maker, accepted, rest, budget)
    if (!budget.spent) yield* this.#tryAll(maker, accepted, last(), budget)
    for (let from = rest.length; !budget.spent; from += BATCH) {
      const more = endless(maker, explorer.variants, arsenal.families, random, from, BATCH)
      yield* this.#tryAll(maker, accepted, more, budget)
    }
    return accepted
  }

  /** Honest events, those that get far, and first attacks behind them. */
  async *#explored(
    seed: number,
    maker: CaseMaker,
    explorer: Explorer,
    budget: Budget,
    runs: number,
    arsenal: Arsenal,
    done: Set<string>,
  ): AsyncGenerator<Step> {
    const { accepted } = explorer
    for await (const trial of explorer.baseline(seed)) yield* this.#judge.judge(maker, accepted, trial)
    let known = 0
    const most = Math.min(LEARNING * runs, 4_000)
    for await (const trial of explorer.learn(most, () => budget.timeShare < 1 - LEARNING_TIME)) {
      yield* this.#judge.judge(maker, accepted, trial)
      const fresh = explorer.variants.slice(known)
      known = explorer.variants.length
      const before = this.#runner.searched
      if (accepted.length > 0) yield* this.#tryAll(maker, accepted, atOnce(maker, fresh, arsenal, done), budget)
      explorer.spent(this.#runner.searched - before)
    }
  }

  async *#inFormats(source: SourceId, tag: number, maker: CaseMaker, { variants }: Explorer): AsyncGenerator<Step> {
    const formats = this.#runner.judges(FORMATS)
      ? (this.#options.formats?.(source, tag, this.#target, this.#session.code) ?? [])
      : []
    for await (const { maker: both, accepted, trial } of inFormats(this.#runner, maker, variants, formats))
      yield* this.#judge.judge(both, accepted, trial, ({ id }) => id === FORMATS)
  }

  async *#tryAll(maker: CaseMaker, accepted: readonly Draft[], drafts: readonly Draft[], budget: Budget): AsyncGenerator<Step> {
    for (let from = 0; from < drafts.length && !budget.spent; from += BATCH) {
      const batch = drafts.slice(from, from + Math.min(BATCH, budget.left))
      for (const trial of await this.#runner.tryAll(maker, batch)) yield* this.#judge.judge(maker, accepted, trial)
      yield* this.#told()
    }
  }

  async *#toldApart(maker: CaseMaker, { variants }: Explorer, random: () => number, budget: Budget): AsyncGenerator<Step> {
    const { pairs: families = [] } = this.#options
    if (families.length === 0 || budget.late) return
    const most = Math.min(budget.left, Number.isFinite(budget.left) ? Math.ceil(budget.left * PAIRED) : MOST_PAIRED)
    for await (const told of pairs(this.#runner, maker, variants, families, random, most)) yield* this.#judge.told(maker, told)
  }

  /** What was put there before this event: by somebody else, or by an event before it. */
  async *#stored(
    source: SourceId,
    tag: number,
    maker: CaseMaker,
    explorer: Explorer,
    arsenal: Arsenal,
    budget: Budget,
  ): AsyncGenerator<Step> {
    const { variants } = explorer
    const chain = this.#options.chain.bind(undefined, source, tag, this.#target)
    yield* follow(this.#runner, this.#judge, chained(this.#runner, maker, explorer, arsenal, chain), budget)
    const world = this.#worldOf(source, tag, maker)
    for await (const kept of remembered(this.#runner, variants, this.#words, world))
      yield* this.#judge.judge(kept.maker, kept.accepted, kept.trial, ({ id }) => id === STATE)
    // Last: documents are tried blindly in what is stored.
    yield* follow(this.#runner, this.#judge, secondOrder(this.#runner, variants, this.#words, arsenal, world), budget)
  }

  /** Evidence and progress since the last time. */
  *#told(): Generator<Step> {
    const heard = this.#heard.splice(0)
    const lines = heard.flatMap(({ trial, why }) => [...evidenceOf(this.#target, trial, why)])
    const orphans = this.#session.unattributed().map((call) => orphanEvidence(this.#target, call))
    if (lines.length + orphans.length > 0) yield { kind: 'called', evidence: [...lines, ...orphans] }
    yield { kind: 'tried', target: this.#target.id, executions: this.#runner.executions }
  }
  #worldOf =
    (source: SourceId, tag: number, maker: CaseMaker) =>
    (planted: readonly PlantedAnswer[], drafts: readonly Draft[], delivery?: Delivery): World =>
      this.#options.world(source, tag, this.#target, planted, drafts.map(maker.complete), delivery)
}
