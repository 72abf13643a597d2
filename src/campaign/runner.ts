import type {
  Case,
  CaseMaker,
  Draft,
  Execution,
  HostMode,
  Observation,
  Oracle,
  Session,
  Step,
  Target,
  Trial,
  Verdict,
  WebMode,
} from '../model/index.js'
import { fingerprintOf } from './fingerprint.js'
import { runInOrder } from './in-order.js'
import { unmarkedTexts } from './unmarked.js'
import { consumedAnswer } from './without-answer.js'

const BATCH = 32
// Less than this would cut off the first AWS call of a process, which loads and signs for 100 ms.
const LEAST_DEADLINE_MS = 1_000

/** A verdict with the fingerprint it would become. */
export interface Judged {
  readonly verdict: Verdict
  readonly fingerprint: string
}

/** Runs drafts of one target on its session and judges them. Counts executions; knows the deadline. */
export class Runner {
  executions = 0
  /** Executions that count against the budget: proving and looking are paid for separately. */
  searched = 0
  /** Of all of them, those that nothing learnt steered. */
  unguided = 0
  proving = false
  /** What requests to other hosts come to in this target. */
  web: WebMode | undefined
  /** An answer of ours was consumed for a host that is none of AWS's. */
  madeUp = false
  accepted = 0
  rejected = 0
  readonly session: Session
  readonly target: Target
  readonly signal: AbortSignal
  #oracles: readonly Oracle[]
  #ordinals = new WeakMap<Trial, number>()
  #next = 1
  #searchDeadlineMs: number
  #onTrial: OnTrial

  constructor(session: Session, target: Target, oracles: readonly Oracle[], signal: AbortSignal, onTrial: OnTrial) {
    this.session = session
    this.target = target
    this.signal = signal
    this.#oracles = oracles
    this.#searchDeadlineMs = target.timeoutMs
    this.#onTrial = onTrial
  }

  get stopped(): boolean {
    return this.signal.aborted
  }

  /** Search runs may be cut short: 20 times the slowest honest event, at least a second. Confirming uses the function's own timeout. */
  learnDeadline(honest: readonly Observation[]): void {
    const times = honest.map((o) => o.cpuUs / 1000).sort((a, b) => a - b)
    const p95 = times[Math.floor(times.length * 0.95)] ?? 0
    this.#searchDeadlineMs = Math.min(this.target.timeoutMs, Math.max(LEAST_DEADLINE_MS, 20 * p95))
  }

  /** A case with canaries of its own; undefined when the service would not deliver it. */
  draw(maker: CaseMaker, draft: Draft): Case | undefined {
    return maker.render(draft, this.#next++)
  }

  /** Runs drafts in order. Drafts that cannot be delivered are left out. */
  async tryAll(maker: CaseMaker, drafts: readonly Draft[], options: TryOptions = {}): Promise<Trial[]> {
    const cases = drafts.map((draft) => this.draw(maker, draft)).filter((made) => made !== undefined)
    const trials: Trial[] = []
    for (let from = 0; from < cases.length && !this.stopped; from += BATCH) {
      trials.push(...(await this.runCases(cases.slice(from, from + BATCH), options, maker)))
    }
    return trials
  }

  async runCases(given: readonly Case[], options: TryOptions, maker?: CaseMaker): Promise<Trial[]> {
    const { mode = 'proof', full = false, control = false, unguided = false, web = this.web } = options
    const cases = web === undefined ? given : given.map((made) => inMode(made, web))
    const deadlineMs = full ? this.target.timeoutMs : this.#searchDeadlineMs
    const batch = cases.flatMap((made) => executionsOf(made, mode, deadlineMs, () => this.#next++))
    let ordinal = this.executions
    const observations = [...(await runInOrder(this.session, batch, this.signal))]
    this.executions += batch.length
    if (unguided) this.unguided += batch.length
    if (!this.proving && mode === 'proof') this.searched += batch.length
    return cases.map((made) => {
      const seen = observations.splice(0, made.steps.length)
      const trial: Trial = { case: made, observations: seen, secrets: this.session.secrets }
      ordinal += made.steps.length
      this.#ordinals.set(trial, ordinal)
      this.#count(seen.at(-1), made.contract)
      this.madeUp ||= consumedAnswer(trial)
      if (mode === 'proof' && !this.stopped)
        this.#onTrial(trial, { control, unguided, texts: maker === undefined ? [] : unmarkedTexts(maker, made) })
      return trial
    })
  }

  /** Executions of this target until the end of that trial. */
  executionsUntil = (trial: Trial): number => this.#ordinals.get(trial) ?? this.executions

  /** What the oracles say of a trial. Nothing of an interrupted run: the process was killed by us. */
  judge(trial: Trial): Judged[] {
    if (this.stopped || trial.observations.some(({ lost }) => lost !== undefined)) return []
    const verdicts = this.#oracles.flatMap((oracle) => [...oracle.judge(trial)])
    return verdicts.map((verdict) => ({ verdict, fingerprint: fingerprintOf(this.target, verdict) }))
  }

  /** Whether a rule is among those of this run. */
  judges(id: string): boolean {
    return this.#oracles.some((oracle) => oracle.id === id)
  }

  oracle(id: string): Oracle {
    const found = this.#oracles.find((oracle) => oracle.id === id)
    if (found === undefined) throw new Error(`a verdict names the unknown rule ${id}`)
    return found
  }

  /** Nothing was seen of what an interrupted run left out. */
  #count(last: Observation | undefined, contract: Case['contract']): void {
    const outcome = last?.outcome
    if (outcome === undefined) return
    // An authorizer says no by an error.
    const rejected =
      outcome.kind === 'threw'
        ? contract === 'authorizer' && outcome.message === 'Unauthorized'
        : outcome.kind === 'returned' && /"statusCode":\s*4\d\d/.test(outcome.text)
    if (rejected) this.rejected++
    else if (outcome.kind === 'returned') this.accepted++
  }
}

/** The same case, to be run and stored with what requests to other hosts come to. */
const inMode = (made: Case, web: WebMode): Case => ({ ...made, steps: made.steps.map((step) => ({ ...step, web })) })

/** One step as a session runs it. */
export const executionOf = ({ text, answers, takes, web }: Step, n: number, mode: HostMode, deadlineMs: number): Execution => ({
  n,
  text,
  mode,
  deadlineMs,
  ...(answers && { answers }),
  ...(web && { web }),
  ...(takes && { takes }),
})

/** All steps of a case; the last one with what it was made of. */
export const executionsOf = (
  { source, steps, wire }: Pick<Case, 'source' | 'steps' | 'wire'>,
  mode: HostMode,
  deadlineMs: number,
  next: () => number,
): Execution[] =>
  steps.map((step, i) => ({
    ...executionOf(step, next(), mode, deadlineMs),
    ...(i > 0 && { follows: true }),
    ...(i === steps.length - 1 && { wire: { source, value: wire } }),
  }))

export interface TryOptions {
  readonly mode?: HostMode
  /** The function's own timeout instead of the search deadline. */
  readonly full?: boolean
  readonly control?: boolean
  /** Another mode than the target's. */
  readonly web?: WebMode
  /** A random valid event, made without anything that was learnt. */
  readonly unguided?: boolean
}

/** What a trial was run for. */
export interface RunFor {
  readonly control: boolean
  readonly unguided: boolean
  /** Data of the event's sender that no canary marks. */
  readonly texts: readonly string[]
}

type OnTrial = (trial: Trial, why: RunFor) => void
