import type { Step } from '../campaign/steps.js'
import type { Retested } from './retest.js'
import type { RunStore } from './run-store.js'

/** Holds steps back until a function was loaded: a run that could not test anything leaves nothing behind. */
export class Opening {
  opened = false
  #held: (Step | Retested)[] = []
  #store: RunStore
  #tell: () => void

  constructor(store: RunStore, tell: () => void) {
    this.#store = store
    this.#tell = tell
  }

  through(step: Step | Retested): readonly (Step | Retested)[] {
    if (this.opened) return [step]
    this.#held.push(step)
    if (!(step.kind === 'started' && step.source !== null) && !(step.kind === 'finished' && step.target.status !== 'not-loaded'))
      return []
    this.open()
    return this.#held.splice(0)
  }

  open(): void {
    if (this.opened) return
    this.#store.create()
    this.opened = true
    this.#tell()
  }

  /** One line: why each target could not be loaded. */
  reasons(): string {
    const lines = this.#held.flatMap((step) =>
      step.kind === 'finished' ? [`${step.target.id}: ${step.target.missing.map(({ name }) => name).join('; ')}`] : [],
    )
    return lines.length === 1 ? lines[0]! : `No target could be loaded. ${lines.join(' | ')}`
  }
}
