import { performance } from 'node:perf_hooks'
import type { HostFrame, HostTarget, Outcome, RunItem } from '../model/index.js'
import { hold, send } from './channel.js'
import { type Running, running, within } from './context.js'
import { type EventView, viewOf } from './event-view.js'
import type { Handler } from './load.js'
import { armPollution, checkPollution } from './probes/global.js'
import { shortenPaths } from './stack.js'

const parse = JSON.parse
const stringify = JSON.stringify
const now = performance.now.bind(performance)
const resourceUsage = process.resourceUsage.bind(process)
const later = setTimeout
const soon = setImmediate
const cancel = clearTimeout

/** What can end an execution besides the handler's own promise. */
export interface Interruption {
  end(outcome: Outcome): void
  /** Reports at once: for a handler that never gives the event loop back. */
  endNow(outcome: Outcome): void
}

/** The execution in progress, for process-wide events (uncaught errors, an empty event loop, a flood). */
export const pending: { interrupt: Interruption | undefined } = { interrupt: undefined }

/** Runs one event and reports it. Never throws: whatever the function does is its Outcome. */
export async function invoke(handler: Handler, target: HostTarget, item: RunItem): Promise<Outcome> {
  send({ t: 'started', n: item.n })
  const execution = running(item.n)
  const before = resourceUsage()
  const event = parse(item.text) as unknown
  const view = item.mode === 'discover' ? viewOf(event) : undefined
  armPollution(item.text)
  const done = (outcome: Outcome) => doneFrame(item, outcome, execution, before, view)
  const report = (outcome: Outcome) => send(done(outcome))
  const settled = await outcomeOf(handler, view?.event ?? event, target, item, execution, report)
  within(execution, checkPollution)
  execution.settled = true
  view?.end()
  const outcome = settled.kind === 'returned' ? await afterwards(settled, report) : settled
  hold(done(outcome))
  return outcome
}

/** One turn of the event loop: a rejection that nobody handles, or an exit right after the answer, belongs to this event. */
async function afterwards(settled: Outcome, report: (outcome: Outcome) => void): Promise<Outcome> {
  let outcome = settled
  const end = (late: Outcome) => {
    outcome = late
  }
  pending.interrupt = { end, endNow: report }
  await new Promise<void>((resolve) => soon(resolve))
  pending.interrupt = undefined
  return outcome
}

function doneFrame(
  item: RunItem,
  outcome: Outcome,
  execution: Running,
  before: NodeJS.ResourceUsage,
  view: EventView | undefined,
): HostFrame {
  const after = resourceUsage()
  return {
    t: 'done',
    n: item.n,
    outcome,
    cpuUs: after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime,
    rss: after.maxRSS * 1024,
    log: execution.log,
    reads: view ? [...view.reads] : [],
    missing: view ? [...view.missing] : [],
  }
}

function outcomeOf(
  handler: Handler,
  event: unknown,
  target: HostTarget,
  item: RunItem,
  execution: Running,
  report: (outcome: Outcome) => void,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const started = now()
    const timer = later(() => end({ kind: 'timed-out', afterMs: Math.round(now() - started), spinning: false }), item.deadlineMs)
    timer.unref()
    const end = (outcome: Outcome) => {
      cancel(timer)
      pending.interrupt = undefined
      resolve(outcome)
    }
    pending.interrupt = { end, endNow: report }
    within(execution, () => call(handler, event, target, item, end))
  })
}

function call(handler: Handler, event: unknown, target: HostTarget, item: RunItem, end: (outcome: Outcome) => void): void {
  const callbacks = !/^nodejs(?:2[4-9]|[3-9]\d)/.test(target.runtime)
  const callback = (error?: unknown, value?: unknown) => end(error ? threw(error, 'handler') : returned(value))
  const context = contextOf(target, item, callbacks ? callback : undefined)
  let result: unknown
  try {
    result = callbacks ? handler(event, context, callback) : (handler as (...args: unknown[]) => unknown)(event, context)
  } catch (error) {
    end(threw(error, 'handler'))
    return
  }
  const then = (result as { then?: unknown } | null | undefined)?.then
  if (typeof then === 'function') {
    ;(result as Promise<unknown>).then(
      (value) => end(returned(value)),
      (error) => end(threw(error, 'handler')),
    )
  } else if (!callbacks) end(returned(result))
  // nodejs22.x and before ignore a plain return value and wait for the callback or an empty event loop.
}

export function returned(value: unknown): Outcome {
  try {
    return { kind: 'returned', text: stringify(value) ?? 'null' }
  } catch (error) {
    return threw(error, 'unserialisable')
  }
}

/** Describes anything that was thrown, however hostile: getters that throw, proxies, null. */
export function threw(error: unknown, how: Extract<Outcome, { kind: 'threw' }>['how']): Outcome {
  const text = (read: () => unknown, fallback: string): string => {
    try {
      const value = read()
      return typeof value === 'string' ? value.slice(0, 16_384) : fallback
    } catch {
      return fallback
    }
  }
  const isError = isErrorLike(error)
  const thrown = error as { name?: unknown; message?: unknown; stack?: unknown; code?: unknown }
  const fallback = text(() => String(error), typeof error)
  return {
    kind: 'threw',
    name: text(() => thrown.name, isError ? 'Error' : typeof error),
    message: text(() => thrown.message, fallback),
    stack: shortenPaths(text(() => thrown.stack, '')),
    how,
    code: text(() => thrown.code, '') || null,
    isError,
  }
}

function isErrorLike(error: unknown): boolean {
  try {
    return error instanceof Error
  } catch {
    return false // A proxy that throws when it is asked for its prototype.
  }
}

function contextOf(
  target: HostTarget,
  item: RunItem,
  callback: ((error?: unknown, value?: unknown) => void) | undefined,
): object {
  const deadline = Date.now() + target.timeoutMs
  const id = `00000000-0000-4000-8000-${item.n.toString(16).padStart(12, '0')}`
  process.env['_X_AMZN_TRACE_ID'] = `Root=1-00000000-${item.n.toString(16).padStart(24, '0')};Sampled=0`
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: '$LATEST',
    functionName: target.functionName,
    memoryLimitInMB: String(target.memoryMb),
    logGroupName: `/aws/lambda/${target.functionName}`,
    logStreamName: '2026/01/01/[$LATEST]00000000000000000000000000000000',
    invokedFunctionArn: `arn:aws:lambda:${target.region}:${target.account}:function:${target.functionName}`,
    awsRequestId: id,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  }
  if (callback === undefined) return context
  return Object.assign(context, {
    done: callback,
    succeed: (value: unknown) => callback(null, value),
    fail: (error: unknown) => callback(error ?? new Error('undefined')),
  })
}
