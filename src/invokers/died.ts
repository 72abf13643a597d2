import { CHANNEL_LOST, type CrashReason, type Outcome } from '../model/index.js'

export type Exit = { readonly code: number | null; readonly signal: string | null }

/** What is known of a process that died over an event. */
interface Death {
  /** When the event began, in ms since 1970. */
  readonly since: number
  readonly killedFor: CrashReason | 'hang' | undefined
  readonly stderr: string
  readonly detail: string
}

/** How the event in flight ended, when its process did. */
export function died(end: Exit, { since, killedFor, stderr, detail }: Death): Outcome {
  if (killedFor === 'hang') return { kind: 'timed-out', afterMs: Date.now() - since, spinning: true }
  return { kind: 'crashed', exitCode: end.code, signal: end.signal, reason: killedFor ?? reasonOf(end, stderr), detail }
}

function reasonOf({ code, signal }: Exit, stderr: string): CrashReason {
  if (/heap out of memory|Array buffer allocation failed/.test(stderr)) return 'out-of-memory'
  if (code === CHANNEL_LOST) return 'protocol'
  return signal === null ? 'exit' : 'signal'
}

/** The process ended before it began with the event: something that was left running failed. */
export const ended = (detail: string): Outcome => ({ kind: 'crashed', exitCode: null, signal: null, reason: 'exit', detail })
