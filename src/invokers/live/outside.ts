import type { Observation, Outcome } from '../../model/index.js'

/** What is seen of a function from outside: how it ended, what it answered, and the end of its log. */
export const seenFromOutside = (
  outcome: Outcome,
  log = '',
  { ms = 0, rssBytes = 0 }: { readonly ms?: number; readonly rssBytes?: number } = {},
): Observation => ({
  outcome,
  effects: [],
  aws: [],
  log,
  cpuUs: Math.round(ms * 1000),
  rssBytes,
  synthetic: false,
  reads: [],
  missing: [],
  compared: [],
  schemas: [],
})

/** Nobody saw how it ended: nothing is judged by it. */
export const unseen = (why: string): Observation => ({
  ...seenFromOutside({ kind: 'crashed', exitCode: null, signal: null, reason: 'protocol', detail: why }),
  lost: why,
})
