import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { StoredCase } from '../campaign/stored-case.js'
import { localInvoker } from '../invokers/local.js'
import { ConfigError, TargetError } from '../model/index.js'
import { currentTarget, findCase, type Run, readCase, runOnce } from './replay.js'

export interface DebugOptions {
  /** A fingerprint of at least 8 hex digits, or a case file. */
  readonly what: string
  readonly cwd: string
  readonly node: string
  /** Of the inspector; 0: any that is free. */
  readonly port: number
}

/** The function's process is there and waits for a debugger. */
export interface Attachable {
  readonly stored: StoredCase
  readonly port: number
  /** Absolute path of the JavaScript that runs: breakpoints are set there. */
  readonly code: string
  /** One file for each step, with the event as the function gets it. */
  readonly events: readonly string[]
}

const DAY_MS = 86_400_000

/**
 * Runs a stored case once under a debugger, which the user asked for: without sandbox, since an inspector inside one cannot
 * be reached, and without the function's timeout. Everything else is as always. undefined: it was interrupted.
 */
export async function debug(
  options: DebugOptions,
  onWaiting: (attachable: Attachable) => void,
  signal: AbortSignal,
): Promise<Run | undefined> {
  const stored = readCase(findCase(options.what, options.cwd))
  const target = { ...(await currentTarget(stored, options.cwd)), timeoutMs: DAY_MS }
  const port = await freePort(options.port)
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-debug-'))
  // The inspector of a process that has ended is not waited for.
  const over = new AbortController()
  try {
    const events = writeEvents(stored, dir)
    const onLaunch = (code: string) =>
      void untilListening(port, over.signal).then((is) => is && onWaiting({ stored, port, code, events }))
    await using invoker = await localInvoker({ node: options.node, sandbox: 'none', inspect: { port, signal, onLaunch } })
    if (signal.aborted) return undefined
    const opened = await invoker.open(target)
    if (signal.aborted) return undefined
    if (opened.kind === 'not-loaded') throw new TargetError(`${target.file} cannot be run: ${opened.type}: ${opened.reason}`)
    await using session = opened.session
    const run = await runOnce(stored, target, session, 0, signal)
    if (signal.aborted) return undefined
    if (!run.judged) throw new TargetError(`${target.file} could not be run to the end`)
    return run
  } finally {
    over.abort()
    rmSync(dir, { recursive: true, force: true })
  }
}

function writeEvents({ steps }: StoredCase, dir: string): readonly string[] {
  return steps.map(({ text }, i) => {
    const file = path.join(dir, steps.length === 1 ? 'event.json' : `event-${i + 1}.json`)
    writeFileSync(file, text)
    return file
  })
}

/** The port, known to be free: a process that cannot have it would end without a word of ours. */
async function freePort(wanted: number): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(new ConfigError(`The port ${wanted} cannot be listened on (${code}): choose another --port, or 0 for any`)),
    )
    server.listen(wanted, '127.0.0.1', resolve)
  })
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const RETRY_MS = 50

async function untilListening(port: number, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    if (await connects(port)) return !over.aborted
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
  return false
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
