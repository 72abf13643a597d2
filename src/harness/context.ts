import { AsyncLocalStorage } from 'node:async_hooks'
import { Buffer } from 'node:buffer'
import type { SourceLocation } from '../model/index.js'
import { webMode } from './web.js'

/** What the harness knows of one execution while it runs. */
export interface Running {
  readonly n: number
  settled: boolean
  effects: number
  log: string
  logBytes: number
  readonly seenPaths: Set<string>
}

const storage = new AsyncLocalStorage<Running>()
const getStore = storage.getStore.bind(storage)
const runStore = storage.run.bind(storage)

export const running = (n: number): Running => ({ n, settled: false, effects: 0, log: '', logBytes: 0, seenPaths: new Set() })

export const current = (): Running | undefined => getStore()

export const within = <T>(execution: Running, body: () => T): T => runStore(execution, body)

let requests = 0

/** Something may have gone to the sidecar. */
export const noteRequest = (): void => {
  requests++
}

/** Whether anything went to the sidecar since this was last asked: then the parent waits for what the sidecar tells of it. */
export function takeRequests(): boolean {
  const any = requests > 0
  requests = 0
  return any
}

/** Value of the header by which the sidecar knows whose call it is. */
export function contextHeader(frames: readonly SourceLocation[]): string {
  noteRequest()
  return headerOf(getStore()?.n ?? null, frames)
}

export const headerOf = (n: number | null, frames: readonly SourceLocation[]): string =>
  encoded({ n, location: frames[0] ?? null, frames, web: webMode() })

/**
 * The same for a write on a connection that outlives executions: its events run in the context of the one that opened it.
 * When that one is over, `near` names the one in flight, which most likely waits for its turn in a queue.
 */
export function connectionContext(frames: readonly SourceLocation[], inFlight: Running | undefined, place: object): string {
  noteRequest()
  const execution = getStore()
  const sure = execution !== undefined && !execution.settled
  const whose = sure || inFlight === undefined ? { n: execution?.n ?? null } : { n: null, near: inFlight.n }
  return encoded({ ...whose, location: frames[0] ?? null, frames, ...place })
}

const encoded = (said: object): string => Buffer.from(JSON.stringify(said)).toString('base64url')
