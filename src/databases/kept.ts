import type { Budget } from './inbox.js'

// A client that never closes its statements: refuse more than any honest one has.
const MOST = 2_000

/** Things that a connection keeps by name, counted against the budget. */
export class Kept<T> {
  readonly #budget: Budget
  readonly #things = new Map<string, { readonly thing: T; readonly bytes: number }>()

  constructor(budget: Budget) {
    this.#budget = budget
  }

  get(name: string): T | undefined {
    return this.#things.get(name)?.thing
  }

  /** False when there is no room. */
  set(name: string, thing: T, bytes: number): boolean {
    this.delete(name)
    if (this.#things.size >= MOST || !this.#budget.take(bytes)) return false
    this.#things.set(name, { thing, bytes })
    return true
  }

  delete(name: string): undefined {
    this.#budget.give(this.#things.get(name)?.bytes ?? 0)
    this.#things.delete(name)
  }

  clear(): undefined {
    for (const name of [...this.#things.keys()]) this.delete(name)
  }
}
