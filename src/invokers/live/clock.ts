import { setTimeout as delay } from 'node:timers/promises'

/** Time as an argument, so that tests need not wait. Milliseconds. */
export interface Clock {
  now(): number
  /** Ends early, without an error, when the signal says so. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
}
