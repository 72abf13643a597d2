import { subscribe } from 'node:diagnostics_channel'
import { EventEmitter, errorMonitor } from 'node:events'
import type { SourceLocation } from '../../model/index.js'
import { current, type Running } from '../context.js'
import { seen } from '../report-effect.js'

/** Requests that an execution began, with the lines that did. Until the head of the answer is there, somebody should be waiting. */
const begun = new WeakMap<Running, Map<object, readonly SourceLocation[]>>()
const answered = new WeakSet<object>()

/** Watches how requests of fetch end. Those that are open when the handler's promise settles, or begin only then, are frozen by Lambda. */
export function probeUnawaited(): void {
  for (const channel of ['undici:request:headers', 'undici:request:error'])
    subscribe(channel, (message) => answered.add((message as { request: object }).request))
}

/** A request is being made by these lines. */
export function noteBegun(request: object | undefined, frames: readonly SourceLocation[]): void {
  const execution = current()
  if (execution === undefined || request === undefined) return
  // What a package does by itself (metrics, traces) is not the user's to wait for.
  if (frames[0] === undefined || frames[0].file.includes('node_modules/')) return
  if (execution.settled) {
    tell('begun', frames)
    return
  }
  const requests = begun.get(execution) ?? new Map<object, readonly SourceLocation[]>()
  requests.set(request, frames)
  begun.set(execution, requests)
  // One that failed may not be destroyed yet. Unlike a listener for `error`, a monitor leaves it unhandled where it is.
  if (request instanceof EventEmitter) request.once(errorMonitor, () => answered.add(request))
}

/** The handler's promise has settled: tells of what nobody waited for. To be called in the execution's context. */
export function tellUnawaited(execution: Running): void {
  for (const [request, frames] of begun.get(execution) ?? []) if (isOpen(request)) tell('open', frames)
}

/** `res` and `destroyed` are those of node:http; undici tells on its channels. */
const isOpen = (request: object): boolean => {
  const { res, destroyed } = request as { readonly res?: object | null; readonly destroyed?: boolean }
  return !res && destroyed !== true && !answered.has(request)
}

const tell = (state: 'open' | 'begun', frames: readonly SourceLocation[]): void =>
  seen({ kind: 'unawaited', api: 'request', state }, frames)
