import { performance } from 'node:perf_hooks'
import type { HostFrame, HostTarget, Outcome, RunItem } from '../model/index.js'
import { flushOld, hold, markStarted, send } from './channel.js'
import { takeSchemas } from './checking.js'
import { takeCompared } from './compare.js'
import { type Running, running, within } from './context.js'
import { callHandler } from './contract.js'
import { takeHits } from './coverage.js'
import { type EventView, viewOf } from './event-view.js'
import { withIntrinsics } from './intrinsics.js'
import type { Handler } from './load.js'
import { takeMacs, takeTokenChecks } from './macs.js'
import { armPollution, checkPollution } from './probes/global.js'
import { armMethods } from './probes/method.js'
import { tellUnawaited } from './probes/unawaited.js'
import { setWebMode } from './web.js'

const parse = JSON.parse
const now = performance.now.bind(performance)
const resourceUsage = process.resourceUsage.bind(process)
const cpuUsage = process.cpuUsage.bind(process)
let usedBefore = 0

/** CPU time of an event in microseconds. For one shorter than the system call that tells it, the time that passed: it cannot have used more. */
function cpuSince(startedAt: number): number {
  const passed = (now() - startedAt) * 1_000
  if (passed < 500) {
    usedBefore += passed
    return passed
  }
  const { user, system } = cpuUsage()
  const used = Math.max(0, user + system - usedBefore)
  usedBefore = user + system
  return used
}
const later = setTimeout
const soon = setImmediate
const cancel = clearTimeout

/** What can end an execution besides the handler's own promise. */
export interface Interruption {
  end(outcome: Outcome): void
  /** Reports at once: for a handler that never gives the event loop back. */
  endNow(outcome: Outcome): void
  /** What to end with when the event loop is empty: the callback was called, and the handler waits for the rest. */
  emptied: Outcome | undefined
  /** Whose it is. */
  readonly execution: Running
}

/** The execution in progress, for process-wide events (uncaught errors, an empty event loop, a flood). */
export const pending: { interrupt: Interruption | undefined } = { interrupt: undefined }

/** Runs one event and reports it. Never throws: whatever the function does is its Outcome. */
export async function invoke(handler: Handler, target: HostTarget, item: RunItem): Promise<Outcome> {
  flushOld()
  markStarted(item.n)
  setWebMode(item.web)
  const execution = running(item.n)
  const startedAt = now()
  const event = parse(item.text) as unknown
  const view = item.mode === 'discover' ? viewOf(event) : undefined
  withIntrinsics(() => {
    armPollution(item.text)
    armMethods(item.text)
  })
  const done = (outcome: Outcome) => doneFrame(item, outcome, execution, view, startedAt)
  const report = (outcome: Outcome) => send(done(outcome))
  const settled = await outcomeOf(handler, view?.event ?? event, target, item, execution, report)
  execution.settled = true
  withIntrinsics(() => within(execution, () => tellUnawaited(execution)))
  const outcome = settled.kind === 'returned' ? await afterwards(settled, execution, report) : settled
  withIntrinsics(() => {
    within(execution, checkPollution)
    view?.end()
    hold(done(outcome))
  })
  return outcome
}

/** One turn of the event loop: a rejection that nobody handles, or an exit right after the answer, belongs to this event. */
async function afterwards(settled: Outcome, execution: Running, report: (outcome: Outcome) => void): Promise<Outcome> {
  let outcome = settled
  const end = (late: Outcome) => {
    outcome = late
  }
  pending.interrupt = { end, endNow: report, emptied: undefined, execution }
  await new Promise<void>((resolve) => soon(resolve))
  pending.interrupt = undefined
  return outcome
}

function doneFrame(
  item: RunItem,
  outcome: Outcome,
  execution: Running,
  view: EventView | undefined,
  startedAt: number,
): HostFrame {
  const cpuUs = cpuSince(startedAt)
  return {
    t: 'done',
    n: item.n,
    outcome,
    cpuUs,
    rss: rssNow(cpuUs),
    log: execution.log,
    reads: view ? [...view.reads] : [],
    missing: view ? [...view.missing] : [],
    ...(view && {
      compared: takeCompared(),
      schemas: takeSchemas(),
      hits: takeHits(),
      macs: takeMacs(),
      tokenChecks: takeTokenChecks(),
    }),
  }
}

const RSS_EVERY_MS = 20
let rss = { bytes: 0, at: Number.NEGATIVE_INFINITY }

/** The most memory that the process had: asking the system for it costs more than a short event, which has no time to fill any. */
function rssNow(cpuUs: number): number {
  if (cpuUs > 1_000 || now() - rss.at > RSS_EVERY_MS) rss = { bytes: resourceUsage().maxRSS * 1024, at: now() }
  return rss.bytes
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
      if (pending.interrupt !== mine) return // The first end counts, and a late one is not the next event's.
      cancel(timer)
      pending.interrupt = undefined
      resolve(outcome)
    }
    const mine: Interruption = { end, endNow: report, emptied: undefined, execution }
    pending.interrupt = mine
    const whenEmpty = (outcome: Outcome) => {
      mine.emptied ??= outcome
    }
    process.env['_X_AMZN_TRACE_ID'] = `Root=1-00000000-${item.n.toString(16).padStart(24, '0')};Sampled=0`
    within(execution, () => callHandler(handler, event, target, item, { end, whenEmpty }))
  })
}
