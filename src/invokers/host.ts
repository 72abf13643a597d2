import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import {
  CHANNEL_LOST,
  type CrashReason,
  type Effect,
  encodeFrame,
  FrameReader,
  type HostFrame,
  type HostTarget,
  type Outcome,
  PROTOCOL_VERSION,
  type RunItem,
} from '../model/index.js'
import { checkFrame } from './check-frame.js'
import { descendants, killPid, residentBytes } from './process-tree.js'
import type { Command } from './sandbox.js'

/** What one host did of a batch before it went idle or died. */
export interface BatchPart {
  readonly done: readonly DoneFrame[]
  readonly effects: readonly { readonly n: number | null; readonly effect: Effect }[]
  /** The execution in flight when the process died, and how it ended. */
  readonly lost: { readonly n: number; readonly outcome: Outcome } | null
  readonly alive: boolean
}
type DoneFrame = Extract<HostFrame, { t: 'done' }>
export type Ready = Extract<HostFrame, { t: 'ready' | 'init-error' }>

const INIT_MS = 20_000
const GRACE_MS = 250
const RSS_CHECK_MS = 100
const RAW_OUTPUT_BYTES = 64 * 1024 * 1024
const TAIL = 8 * 1024

/** One process of the target: frames in and out, a watchdog, and an account of how it died. */
export class Host {
  readonly ready: Promise<Ready>
  #child: ChildProcess
  #input: Writable
  #onFrame: (frame: HostFrame) => void = () => undefined
  #stderr = ''
  #rawBytes = 0
  #killedFor: CrashReason | 'hang' | undefined
  #exit: Promise<{ code: number | null; signal: string | null }>
  #dead = false
  #memoryBytes: number

  #scratch: string

  /** `scratch` is the directory that the process has for its /tmp; it goes with the process. */
  constructor(command: Command, env: Record<string, string>, target: HostTarget, scratch: string) {
    this.#scratch = scratch
    this.#memoryBytes = (target.memoryMb + 256) * 1024 * 1024
    this.#child = spawn(command.file, [...command.args], {
      env,
      cwd: target.taskRoot,
      detached: true, // Ctrl-C is for us: see aws/client.ts.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    })
    this.#input = this.#child.stdio[3] as Writable
    this.#input.on('error', () => undefined) // The process died: its exit tells why.
    this.#exit = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => resolve({ code, signal }))
      this.#child.once('error', () => resolve({ code: null, signal: null }))
    })
    void this.#exit.then(() => {
      this.#dead = true
    })
    this.#listen()
    this.ready = this.#handshake(target)
  }

  /** Last line that the process wrote to stderr: often why it died. */
  get lastWords(): string {
    return this.#stderr.trim().split('\n').at(-1)?.slice(0, 300) ?? ''
  }

  get dead(): boolean {
    return this.#dead || this.#killedFor !== undefined
  }

  /** Runs items in order until idle or death. */
  async run(items: readonly RunItem[], signal: AbortSignal): Promise<BatchPart> {
    const done: DoneFrame[] = []
    const effects: { n: number | null; effect: Effect }[] = []
    const deadlines = new Map(items.map((item) => [item.n, item.deadlineMs]))
    const watch: Watch = { inFlight: undefined, timer: undefined, idle: () => undefined }
    const idle = new Promise<'idle'>((resolve) => {
      watch.idle = () => resolve('idle')
    })
    this.#onFrame = (frame) => {
      if (frame.t === 'effect') effects.push({ n: frame.n, effect: frame.effect })
      else if (frame.t === 'started') this.#started(frame.n, deadlines.get(frame.n), watch)
      else if (frame.t === 'done' && frame.n === watch.inFlight?.n) {
        watch.inFlight = undefined
        done.push(frame)
      } else if (frame.t === 'idle' && done.length === items.length) watch.idle()
      else this.kill('protocol') // Not what the harness would say: the function wrote to its channel.
    }
    const stop = () => this.kill('hang')
    signal.addEventListener('abort', stop, { once: true })
    const memory = setInterval(() => this.#checkMemory(), RSS_CHECK_MS)
    // Work left over from the last event may keep the process from even starting with this one.
    watch.timer = setTimeout(() => this.kill('hang'), (items[0]?.deadlineMs ?? 0) + GRACE_MS)
    this.#input.write(encodeFrame({ t: 'run', batch: items }))
    const end = await Promise.race([idle, this.#exit])
    clearInterval(memory)
    clearTimeout(watch.timer)
    signal.removeEventListener('abort', stop)
    if (end === 'idle') return { done, effects, lost: null, alive: true }
    const lost = watch.inFlight === undefined ? null : { n: watch.inFlight.n, outcome: this.#died(end, watch.inFlight.since) }
    return { done, effects, lost, alive: false }
  }

  /** Ends this process and what it started: only pids that we started ourselves. */
  kill(reason: CrashReason | 'hang'): void {
    this.#killedFor ??= reason
    // bubblewrap's child dies with it only once it has said so: one that is just starting would be left behind.
    for (const pid of this.#child.pid === undefined ? [] : descendants(this.#child.pid)) killPid(pid)
    this.#child.kill('SIGKILL')
    // Whoever is left all the same sees the end of its input, and goes.
    this.#input.destroy()
  }

  async dispose(): Promise<void> {
    this.kill('exit')
    if (this.#child.exitCode === null && this.#child.signalCode === null)
      await new Promise((resolve) => this.#child.once('exit', resolve))
    for (const stream of this.#child.stdio) stream?.destroy()
    rmSync(this.#scratch, { recursive: true, force: true, maxRetries: 3 })
  }

  #started(n: number, deadlineMs: number | undefined, watch: Watch): void {
    if (deadlineMs === undefined) {
      this.kill('protocol')
      return
    }
    clearTimeout(watch.timer)
    watch.inFlight = { n, since: Date.now() }
    // The harness ends what only waits; this timer is for what spins and cannot be asked.
    watch.timer = setTimeout(() => this.kill('hang'), deadlineMs + GRACE_MS)
  }

  #listen(): void {
    const reader = new FrameReader()
    const output = this.#child.stdio[4] as Readable
    output.on('error', () => undefined)
    output.on('data', (chunk: Buffer) => {
      try {
        for (const raw of reader.push(chunk)) {
          if (this.#killedFor === 'protocol') return
          this.#take(checkFrame(raw))
        }
      } catch {
        this.#take(undefined)
      }
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#rawBytes += chunk.length
        if (this.#rawBytes > RAW_OUTPUT_BYTES) this.kill('output-flood')
        if (stream === this.#child.stderr) this.#stderr = (this.#stderr + chunk.toString('utf8')).slice(-TAIL)
      })
    }
  }

  /** The first garbage on fd 4 ends the process: nothing after it can be trusted. */
  #take(frame: HostFrame | undefined): void {
    if (frame === undefined) this.kill('protocol')
    else this.#onFrame(frame)
  }

  #handshake(target: HostTarget): Promise<Ready> {
    const answered = new Promise<Ready>((resolve) => {
      this.#onFrame = (frame) => {
        if (frame.t === 'ready' || frame.t === 'init-error') resolve(frame)
      }
    })
    const timer = setTimeout(() => this.kill('hang'), INIT_MS)
    this.#input.write(encodeFrame({ t: 'hello', v: PROTOCOL_VERSION, target }))
    const died = this.#exit.then((end): Ready => {
      const hung = this.#killedFor === 'hang'
      const last = this.lastWords
      const why = hung
        ? `it was not loaded after ${INIT_MS / 1000} s`
        : `the process ended while loading (exit code ${end.code ?? end.signal})`
      return {
        t: 'init-error',
        type: hung ? 'Sandbox.Timeout' : 'Runtime.ExitError',
        message: last ? `${why}: ${last}` : why,
        stack: '',
      }
    })
    return Promise.race([answered, died]).finally(() => clearTimeout(timer))
  }

  #checkMemory(): void {
    const pid = this.#child.pid
    if (pid !== undefined && residentBytes(pid) > this.#memoryBytes) this.kill('out-of-memory')
  }

  #died(end: { code: number | null; signal: string | null }, since: number): Outcome {
    if (this.#killedFor === 'hang') return { kind: 'timed-out', afterMs: Date.now() - since, spinning: true }
    const reason =
      this.#killedFor ??
      (/heap out of memory|Array buffer allocation failed/.test(this.#stderr)
        ? 'out-of-memory'
        : end.code === CHANNEL_LOST
          ? 'protocol'
          : end.signal === null
            ? 'exit'
            : 'signal')
    return { kind: 'crashed', exitCode: end.code, signal: end.signal, reason, detail: this.lastWords }
  }
}

interface Watch {
  inFlight: { n: number; since: number } | undefined
  timer: NodeJS.Timeout | undefined
  idle: () => void
}
