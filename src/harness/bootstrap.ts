/** Entry of the host process: installs the probes, loads the handler, runs batches. */
import fs from 'node:fs'
import Module from 'node:module'
import net from 'node:net'
import { FrameReader } from '../model/frame-codec.js'
import { CHANNEL_LOST, type HostTarget, type ParentFrame, PROTOCOL_VERSION, type RunItem } from '../model/frames.js'
import type { Outcome } from '../model/index.js'
import { flush, send } from './channel.js'
import { watchComparisons } from './compare.js'
import { patchConsole } from './console.js'
import { contextHeader, current, takeRequests } from './context.js'
import { watchCoverage } from './coverage.js'
import { hasCallbacks, threw } from './describe.js'
import { followThreads } from './elsewhere.js'
import { InitError } from './init-error.js'
import { invoke, pending } from './invoke.js'
import { deriveKnownKey } from './known-key.js'
import { type Handler, loadHandler } from './load.js'
import { watchMacs } from './macs.js'
import { probeCode } from './probes/code.js'
import { databaseProbe, idleDatabases } from './probes/database.js'
import { probeFs } from './probes/fs.js'
import { probeLog } from './probes/log.js'
import { probeMethods } from './probes/method.js'
import { probeModules } from './probes/module.js'
import { framesOfRequest, probeFetch, recordConnect } from './probes/network.js'
import { probeProcesses } from './probes/process.js'
import { probeRegExp } from './probes/regexp.js'
import { probeSdk } from './probes/sdk.js'
import { probeSigning } from './probes/signing.js'
import { noteBegun, probeUnawaited } from './probes/unawaited.js'
import { installRedirect } from './redirect.js'
import { isExtension } from './redirect-extension.js'
import { setTaskRoot } from './stack.js'
import { installAwslambda } from './streaming.js'
import { isAnswered, setWebMode } from './web.js'

const DRAIN_MS = 50
const exit = (process as unknown as { reallyExit(code: number): never }).reallyExit.bind(process)
const input = new net.Socket({ fd: 3, readable: true, writable: false })
const reader = new FrameReader()
const later = setTimeout
const soon = setImmediate
const activeResources = process.getActiveResourcesInfo.bind(process)
const openWork = (): number => activeResources().length - idleDatabases()

const writeSync = fs.writeSync
const tellStderr = (text: string) => writeSync(2, `${text}\n`)

let handler: Handler
let target: HostTarget
/** What is open while nothing runs: least ever seen, since loading may leave requests that are just closing. */
let quietResources = Number.POSITIVE_INFINITY

function installProbes(): void {
  setTaskRoot(target.taskRoot, target.mirrorRoot)
  const { taskRoot, mirrorRoot, outside, sockets, tmp, opt, http } = target
  const elsewhere = sockets === null ? undefined : { taskRoot, mirrorRoot, sockets, http, ca: target.ca ?? '' }
  probeProcesses(target.executeSinks, elsewhere)
  if (elsewhere !== undefined) followThreads(elsewhere)
  probeCode()
  probeRegExp()
  probeModules()
  probeMethods()
  probeFetch()
  probeSdk()
  probeSigning()
  probeUnawaited()
  probeLog(() => {
    pending.interrupt?.endNow({ kind: 'crashed', exitCode: null, signal: null, reason: 'output-flood', detail: '' })
    exit(1)
  })
  if (target.sockets !== null) {
    deriveKnownKey()
    installRedirect({
      sockets: target.sockets,
      ca: target.ca ?? '',
      databases: databaseProbe(target.sockets),
      onConnect: (host, port, _tls, api) => {
        if (isExtension(host, port)) return 'stub'
        const answered = isAnswered(host, port, api, http)
        recordConnect(host, port, api, answered)
        return answered ? 'web' : 'refuse'
      },
      onRefused: (host, port) => recordConnect(host, port, 'tls.checkServerIdentity'),
      onDns: (host, api) => recordConnect(host, 0, api),
      context: (isSdk, request) => {
        const frames = framesOfRequest(isSdk)
        noteBegun(request, frames)
        return contextHeader(frames)
      },
      sync: false,
    })
  }
  probeFs({ taskRoot, mirrorRoot, outside, tmp, opt })
  Module.syncBuiltinESMExports()
}

/** The process cannot go on after this: the outcome is told first, then it ends. */
function interrupt(outcome: Outcome): void {
  const origin = current()
  // What an earlier event left running failed: the one in flight is not to blame for it, and runs again.
  if (origin?.settled && pending.interrupt?.execution !== origin) {
    send({ t: 'late', n: origin.n, outcome })
    exit(1)
  }
  if (pending.interrupt !== undefined) pending.interrupt.end(outcome)
  else if (outcome.kind === 'threw') tellStderr(`${outcome.name}: ${outcome.message}`)
  soon(() => exit(1))
}

process.on('uncaughtException', (error) => interrupt(threw(error, 'uncaught')))
process.on('unhandledRejection', (error) => interrupt(threw(error, 'unhandled-rejection')))
// Nothing is left that could settle the handler's promise: Lambda answers null (nodejs22.x and before) or calls it an exit.
process.on('beforeExit', () => {
  if (pending.interrupt === undefined) return
  if (pending.interrupt.emptied !== undefined) pending.interrupt.end(pending.interrupt.emptied)
  else if (hasCallbacks(target.runtime)) pending.interrupt.end({ kind: 'returned', text: 'null' })
  else
    interrupt({
      kind: 'crashed',
      exitCode: 0,
      signal: null,
      reason: 'exit',
      detail: 'nothing was left that could settle the promise',
    })
})

async function hello(wanted: HostTarget): Promise<void> {
  target = wanted
  if (wanted.refuses === true) setWebMode('refused')
  const started = performance.now()
  try {
    installProbes()
    if (target.explores === true) {
      watchComparisons(target.mirrorRoot)
      watchCoverage()
      watchMacs()
    }
    installAwslambda()
    patchConsole()
    handler = await loadHandler(target)
    send({ t: 'ready', v: PROTOCOL_VERSION, initMs: performance.now() - started })
  } catch (error) {
    const { name, message, stack } = threw(error, 'handler') as Extract<Outcome, { kind: 'threw' }>
    const cause = error instanceof InitError && error.cause instanceof Error ? String(error.cause.stack) : stack
    send({ t: 'init-error', type: error instanceof InitError ? error.type : name, message, stack: cause.slice(0, 16_384) })
    exit(1)
  }
}

async function run(batch: readonly RunItem[]): Promise<void> {
  quietResources = Math.min(quietResources, openWork())
  input.unref()
  for (const item of batch) {
    const outcome = await invoke(handler, target, item)
    // The platform kills the process after these; what is left of the batch runs in the next one.
    if (outcome.kind === 'timed-out' || outcome.kind === 'crashed' || (outcome.kind === 'threw' && isFatal(outcome.how))) {
      flush()
      exit(1)
    }
  }
  input.ref()
  await drain()
  send({ t: 'idle', asked: takeRequests() })
}

const isFatal = (how: Extract<Outcome, { kind: 'threw' }>['how']): boolean => how === 'uncaught' || how === 'unhandled-rejection'

/** Work that a handler left behind gets a moment to show its effects, if there is any. */
async function drain(): Promise<void> {
  const until = performance.now() + DRAIN_MS
  if (openWork() > quietResources) flush()
  while (openWork() > quietResources && performance.now() < until) {
    await new Promise<void>((resolve) => later(resolve, 5))
  }
}

input.on('data', (chunk: Buffer) => {
  for (const frame of reader.push(chunk) as Iterable<ParentFrame>) {
    if (frame.t === 'hello') void hello(frame.target)
    else if (frame.t === 'run') void run(frame.batch)
    else exit(0)
  }
})
input.on('end', () => exit(0))
input.on('error', () => exit(CHANNEL_LOST))
