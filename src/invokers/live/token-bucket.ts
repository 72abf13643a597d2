import type { Clock } from './clock.js'

const SLOWEST_PER_S = 0.1
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
const FASTER = 1.05

/** Lets through so many a second, one at once more than that; slower as soon as the function is throttled, and slowly faster again. */
export class TokenBucket {
  #perSecond: number
  #most: number
  /** When the next token is there. */
  #next: number
  #throttles = 0
  #clock: Clock
  #random: () => number

  constructor(mostPerSecond: number, clock: Clock, random: () => number = Math.random) {
    this.#perSecond = mostPerSecond
    this.#most = mostPerSecond
    this.#clock = clock
    this.#random = random
    this.#next = clock.now()
  }

  get perSecond(): number {
    return this.#perSecond
  }

  /** Waits for a token, undefined where there is one. Who asks first gets it first. */
  take(signal: AbortSignal): Promise<void> | undefined {
    const now = this.#clock.now()
    const at = Math.max(now, this.#next)
    this.#next = at + 1000 / this.#perSecond
    return at > now ? this.#clock.sleep(at - now, signal) : undefined
  }

  /** Half as many, after a pause that doubles each time; its length is drawn so that several tools do not come back at once. */
  throttled(): void {
    this.#perSecond = Math.max(SLOWEST_PER_S, this.#perSecond / 2)
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#throttles++)
    this.#next = Math.max(this.#next, this.#clock.now() + pause * (0.5 + this.#random() / 2))
  }

  answered(): void {
    this.#throttles = 0
    this.#perSecond = Math.min(this.#most, this.#perSecond * FASTER)
  }
}
