import type { Runner } from './runner.js'

/** What one trigger of a target may cost in search executions and time. */
export class Budget {
  #runner: Runner
  #from: number
  #until: number
  #now: () => number

  #runs: number
  #timeMs: number

  constructor(runner: Runner, runs: number, timeMs: number, now: () => number) {
    this.#runs = runs
    this.#timeMs = timeMs
    this.#runner = runner
    this.#from = runner.searched
    this.#until = now() + timeMs
    this.#now = now
  }

  /** Whole executions. */
  get left(): number {
    return Math.ceil(this.#runs) - (this.#runner.searched - this.#from)
  }

  /** Of executions or of time, whichever is less: 1 at the beginning. */
  get share(): number {
    const ofRuns = Number.isFinite(this.#runs) ? this.left / this.#runs : 1
    return Math.min(ofRuns, this.timeShare)
  }

  /** Of time alone: 1 at the beginning, and for ever where only executions count. */
  get timeShare(): number {
    return Number.isFinite(this.#timeMs) ? (this.#until - this.#now()) / this.#timeMs : 1
  }

  get spent(): boolean {
    return this.left <= 0 || this.late
  }

  /** Whatever is left of executions. */
  get late(): boolean {
    return this.#now() >= this.#until || this.#runner.stopped
  }
}
