import { hash } from 'node:crypto'
import type { AwsCall, Execution, Observation, Secret, Session, Target } from '../../model/index.js'
import type { Gate, Sent } from './gate.js'
import type { Journal } from './journal.js'
import { unseen } from './outside.js'

/** One way to reach a target: how an execution is sent, and what it costs at worst. */
export interface Line {
  /** Of the function or URL, for the audit log. */
  readonly where: string
  readonly worstGbSeconds: number
  readonly secrets: readonly Secret[]
  /** Undefined: it cannot be sent this way. */
  once(execution: Execution): (() => Promise<Sent<Observation>>) | undefined
}

/** A target somewhere else. It cannot be renewed or looked into; what is sent passes the gate. */
export class LiveSession implements Session {
  /** Of the function on this machine, where it is there too. */
  readonly code: string
  #target: Target
  #line: Line
  #gate: Gate
  #journal: Journal
  #explorer: Session | undefined

  /** `explorer`: the function's code on this machine, which shows what it reads and compares. */
  constructor(target: Target, line: Line, gate: Gate, journal: Journal, explorer: Session | undefined) {
    this.#target = target
    this.code = explorer?.code ?? target.file
    this.#explorer = explorer
    this.#line = line
    this.#gate = gate
    this.#journal = journal
  }

  get secrets(): readonly Secret[] {
    const { secrets } = this.#line
    return this.#journal.secrets.length === 0 ? secrets : [...secrets, ...this.#journal.secrets]
  }

  async run(batch: readonly Execution[], signal: AbortSignal): Promise<readonly Observation[]> {
    // From outside nobody sees what code reads: an invocation for that would be wasted.
    if (batch[0]?.mode === 'discover') return this.#explorer?.run(batch, signal) ?? batch.map(() => unseen('not looked at'))
    // Steps of one case come one after the other; cases do not wait for each other.
    const cases: Execution[][] = []
    for (const execution of batch) {
      if (execution.follows === true && cases.length > 0) cases.at(-1)!.push(execution)
      else cases.push([execution])
    }
    const seen = await Promise.all(cases.map((steps) => this.#inOrder(steps, signal)))
    return seen.flat()
  }

  async renew(): Promise<void> {
    // Which execution environment the service takes is its own affair.
  }

  unattributed(): readonly AwsCall[] {
    return []
  }

  async coverage(): Promise<undefined> {
    return undefined
  }

  /** The function itself stays where it is. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#explorer?.[Symbol.asyncDispose]()
  }

  async #inOrder(steps: readonly Execution[], signal: AbortSignal): Promise<Observation[]> {
    const seen: Observation[] = []
    for (const step of steps) seen.push(await this.#one(step, signal))
    return seen
  }

  async #one(execution: Execution, signal: AbortSignal): Promise<Observation> {
    const once = this.#line.once(execution)
    if (once === undefined) return unseen('it cannot be sent this way')
    const sha256 = hash('sha256', execution.text)
    const known = this.#journal.take(this.#target.id, sha256)
    if (known !== undefined) return known
    const { where, worstGbSeconds } = this.#line
    const bytes = Buffer.byteLength(execution.text)
    const seen = await this.#gate.send({ target: this.#target.id, where, bytes, sha256, worstGbSeconds }, once, signal)
    if (typeof seen === 'string') return unseen(seen)
    this.#journal.add(this.#target.id, sha256, seen, this.secrets)
    return seen
  }
}
