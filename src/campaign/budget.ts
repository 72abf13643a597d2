import type { Runner } from './runner.js'

/** What one trigger of a target may cost in search executions and time. */
export class Budget {
  readonly runs: number
  #runner: Runner
  #from: number
  #until: number
  #now: () => number

  constructor(runner: Runner, runs: number, timeMs: number, now: () => number) {
    this.runs = runs
    this.#runner = runner
    this.#from = runner.searched
    this.#until = now() + timeMs
    this.#now = now
  }

  /** Whole executions. */
  get left(): number {
    return Math.ceil(this.runs) - (this.#runner.searched - this.#from)
  }

  get spent(): boolean {
    return this.left <= 0 || this.late
  }

  /** Whatever is left of executions. */
  get late(): boolean {
    return this.#now() >= this.#until || this.#runner.stopped
  }
}
