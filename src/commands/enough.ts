import type { Finding } from '../model/index.js'

/** Ends a run once so many findings are confirmed: what a baseline accepts is none of them, nor what known findings show again. */
export class Enough {
  #found = new Set<string>()
  #stop = new AbortController()
  #most: number
  #counts: (finding: Finding) => boolean

  constructor(most: number | undefined, counts: (finding: Finding) => boolean) {
    this.#most = most ?? Number.POSITIVE_INFINITY
    this.#counts = counts
  }

  take(finding: Finding): void {
    if (this.#counts(finding)) this.#found.add(finding.fingerprint)
    if (this.#found.size >= this.#most) this.#stop.abort()
  }

  /** Aborted with the signal, or when it is enough. */
  until = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, this.#stop.signal])

  /** What the report says of it; undefined: the run went on to its end. */
  get why(): string | undefined {
    if (!this.#stop.signal.aborted) return undefined
    return this.#most === 1 ? 'it ended at the first finding' : `it ended at ${this.#most} findings`
  }
}
