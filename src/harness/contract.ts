import type { HostTarget, Outcome, RunItem } from '../model/index.js'
import { hasCallbacks, returned, threw } from './describe.js'
import { type Endings, lambdaContext } from './lambda-context.js'
import type { Handler } from './load.js'
import { isStreaming, ResponseStream } from './streaming.js'

/** How the contract ends an execution. The first end counts. */
export interface Ending {
  end(outcome: Outcome): void
  /** Ends when nothing is left to wait for, as `callbackWaitsForEmptyEventLoop` asks. */
  whenEmpty(outcome: Outcome): void
}

/** Calls a handler as the runtime of its name does. */
export function callHandler(handler: Handler, event: unknown, target: HostTarget, item: RunItem, ending: Ending): void {
  if (isStreaming(handler)) callStreaming(handler, event, target, item, ending)
  else if (hasCallbacks(target.runtime)) callWithCallback(handler, event, target, item, ending)
  else callPromise(handler, event, target, item, ending)
}

const fail = (ending: Ending) => (error: unknown) => ending.end(threw(error, 'handler'))

function callWithCallback(handler: Handler, event: unknown, target: HostTarget, item: RunItem, ending: Ending): void {
  const settle = (error: unknown, value: unknown): Outcome =>
    error === undefined || error === null ? returned(value, target.runtime) : threw(error, 'handler')
  const endings: Endings = { waits: true, done: (error, value) => ending.end(settle(error, value)) }
  const context = lambdaContext(target, item, endings)
  const callback = (error?: unknown, value?: unknown) => {
    const outcome = settle(error, value)
    if (outcome.kind === 'returned' && endings.waits) ending.whenEmpty(outcome)
    else ending.end(outcome)
  }
  let result: unknown
  try {
    result = handler(event, context, callback)
  } catch (error) {
    fail(ending)(error)
    return
  }
  // A plain value is ignored: the runtime waits for the callback or an empty event loop.
  if (isPromise(result)) result.then((value) => ending.end(returned(value, target.runtime)), fail(ending))
}

function callPromise(handler: Handler, event: unknown, target: HostTarget, item: RunItem, ending: Ending): void {
  const context = lambdaContext(target, item, { waits: false, done: () => undefined })
  try {
    const result = (handler as (event: unknown, context: unknown) => unknown)(event, context)
    if (isPromise(result)) result.then((value) => ending.end(returned(value, target.runtime)), fail(ending))
    else ending.end(returned(result, target.runtime))
  } catch (error) {
    fail(ending)(error)
  }
}

function callStreaming(handler: Handler, event: unknown, target: HostTarget, item: RunItem, ending: Ending): void {
  const stream = new ResponseStream((outcome) => ending.end(outcome))
  const context = lambdaContext(target, item, { waits: false, done: () => undefined })
  try {
    const result = (handler as (event: unknown, stream: unknown, context: unknown) => unknown)(event, stream, context)
    if (!isPromise(result)) throw new Error('Streaming does not support non-async handlers.')
    result.then(() => stream.finish(), fail(ending))
  } catch (error) {
    fail(ending)(error)
  }
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
