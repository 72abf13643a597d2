import type { LiveBudget } from '../../model/index.js'

/** AWS list prices, x86, us-east-1: an order of magnitude, not a bill. */
const USD_PER_GB_SECOND = 0.0000166667
const USD_PER_INVOCATION = 0.0000002

export const usd = (invocations: number, gbSeconds: number): number =>
  invocations * USD_PER_INVOCATION + gbSeconds * USD_PER_GB_SECOND

/** What is set aside for one invocation, until it is known what it took. */
export interface Reserved {
  readonly gbSeconds: number
}

/** What a run has used of its budget. Nothing begins that could exceed it: the worst case is set aside first. */
export class Spending {
  invocations = 0
  gbSeconds = 0
  #aside = 0
  #budget: Pick<LiveBudget, 'invocations' | 'gbSeconds'>

  constructor(budget: Pick<LiveBudget, 'invocations' | 'gbSeconds'>) {
    this.#budget = budget
  }

  /** At list prices. */
  get usd(): number {
    return Number(usd(this.invocations, this.gbSeconds).toFixed(6))
  }

  /** Sets the worst case aside. `later`: what is under way may leave enough; a text says which limit is in the way. */
  reserve(worstGbSeconds: number): Reserved | 'later' | { readonly limit: string } {
    if (this.invocations + 1 > this.#budget.invocations) return { limit: `${this.#budget.invocations} invocations are made` }
    if (this.gbSeconds + worstGbSeconds > this.#budget.gbSeconds)
      return { limit: `the next invocation could take more than ${this.#budget.gbSeconds} GB-seconds` }
    if (this.gbSeconds + this.#aside + worstGbSeconds > this.#budget.gbSeconds) return 'later'
    this.invocations++
    this.#aside += worstGbSeconds
    return { gbSeconds: worstGbSeconds }
  }

  /** It took so much; undefined: nobody knows, so the worst is taken. */
  settle(reserved: Reserved, gbSeconds: number | undefined): void {
    this.#aside -= reserved.gbSeconds
    this.gbSeconds += gbSeconds ?? reserved.gbSeconds
  }

  /** The service took nothing on: it was not run. */
  giveBack(reserved: Reserved): void {
    this.#aside -= reserved.gbSeconds
    this.invocations--
  }

  /** What an earlier part of the run has used. */
  restore(invocations: number, gbSeconds: number): void {
    this.invocations += invocations
    this.gbSeconds += gbSeconds
  }
}
