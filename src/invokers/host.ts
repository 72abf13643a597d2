import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, rmSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import {
  type CrashReason,
  type Effect,
  encodeFrame,
  FrameReader,
  type HostFrame,
  type HostTarget,
  type Outcome,
  PROTOCOL_VERSION,
  type RunItem,
  type SignedRequest,
} from '../model/index.js'
import { checkFrame } from './check-frame.js'
import { died, type Exit } from './died.js'
import { readMark } from './mark.js'
import { descendants, killPid, residentBytes } from './process-tree.js'
import type { Command } from './sandbox.js'

/** What one host did of a batch before it went idle or died. */
export interface BatchPart {
  readonly done: readonly DoneFrame[]
  readonly effects: readonly { readonly n: number | null; readonly effect: Effect }[]
  /** Presigned URLs and tokens that were made. */
  readonly signed: readonly SignedRequest[]
  /** Executions whose left-over work failed after their answer, the last one ending the process. */
  readonly late: readonly LateFrame[]
  /** The execution in flight when the process died, and how it ended. */
  readonly lost: { readonly n: number; readonly outcome: Outcome } | null
  readonly alive: boolean
  /** The AWS stub may have been asked something. */
  readonly asked: boolean
}
type DoneFrame = Extract<HostFrame, { t: 'done' }>
type LateFrame = Extract<HostFrame, { t: 'late' }>
export type Ready = Extract<HostFrame, { t: 'ready' | 'init-error' }>

const INIT_MS = 20_000
const GRACE_MS = 250
/** What a process that ended wrote last is read for so long. */
const ORPHANS_MS = 2_000
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
  #exit: Promise<Exit>
  /** File that the process notes its event in: fd 5 of the process. */
  #mark: number
  #dead = false
  #memoryBytes: number
  #scratch: string

  /** `scratch` is the directory that the process has for its /tmp; it goes with the process. */
  constructor(command: Command, env: Record<string, string>, target: HostTarget, scratch: string, initMs = INIT_MS) {
    this.#scratch = scratch
    const markFile = `${scratch}.mark`
    this.#mark = openSync(markFile, 'w+', 0o600)
    rmSync(markFile) // Nobody needs its name.
    this.#memoryBytes = (target.memoryMb + 256) * 1024 * 1024
    this.#child = spawn(command.file, [...command.args], {
      env,
      cwd: target.taskRoot,
      detached: true, // Ctrl-C is for us: see aws/client.ts.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', this.#mark],
    })
    this.#input = this.#child.stdio[3] as Writable
    this.#input.on('error', () => undefined) // The process died: its exit tells why.
    this.#exit = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => resolve({ code, signal }))
      this.#child.once('error', () => resolve({ code: null, signal: null }))
    })
    this.#child.once('exit', () => setTimeout(() => this.#letGo(), ORPHANS_MS).unref())
    void this.#exit.then(() => {
      this.#dead = true
    })
    this.#listen()
    this.ready = this.#handshake(target, initMs)
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
    const late: LateFrame[] = []
    const signed: SignedRequest[] = []
    let finished: (asked: boolean) => void = () => undefined
    const idle = new Promise<{ readonly asked: boolean }>((resolve) => {
      finished = (asked) => resolve({ asked })
    })
    this.#onFrame = (frame) => {
      if (frame.t === 'effect') effects.push({ n: frame.n, effect: frame.effect })
      else if (frame.t === 'signed') signed.push(frame.request)
      else if (frame.t === 'late') late.push(frame)
      else if (frame.t === 'done' && frame.n === items[done.length]?.n) done.push(frame)
      else if (frame.t === 'idle' && done.length === items.length) finished(frame.asked)
      else this.kill('protocol') // Not what the harness would say: the function wrote to its channel.
    }
    const stop = () => this.kill('hang')
    signal.addEventListener('abort', stop, { once: true })
    const memory = setInterval(() => this.#checkMemory(), RSS_CHECK_MS)
    const watch = this.#watch(items)
    this.#input.write(encodeFrame({ t: 'run', batch: items }))
    const end = await Promise.race([idle, this.#exit])
    clearInterval(memory)
    watch.stop()
    signal.removeEventListener('abort', stop)
    if ('asked' in end) return { done, effects, signed, late, lost: null, alive: true, asked: end.asked }
    return this.#accountOf(items, { done, effects, signed, late }, end)
  }

  /** Ends a process whose event is over its deadline: the harness ends what only waits, this is for what cannot be asked. */
  #watch(items: readonly RunItem[]): { stop(): void } {
    const began = Date.now()
    const deadlines = new Map(items.map((item) => [item.n, item.deadlineMs]))
    const look = () => {
      const mark = readMark(this.#mark)
      const deadline = mark === undefined ? undefined : deadlines.get(mark.n)
      // Work left over from the last event may keep the process from even starting with the first.
      const [since, limit] = deadline === undefined ? [began, items[0]?.deadlineMs ?? 0] : [mark!.since, deadline]
      const left = Math.min(since, Date.now()) + limit + GRACE_MS - Date.now()
      if (left <= 0) this.kill('hang')
      else timer = setTimeout(look, left)
    }
    let timer = setTimeout(look, Math.min(...deadlines.values()) + GRACE_MS)
    return { stop: () => clearTimeout(timer) }
  }

  /** What a process that died had done. Events whose end it had not told yet are run again; what they had shown is forgotten. */
  #accountOf(items: readonly RunItem[], seen: Pick<BatchPart, 'done' | 'effects' | 'signed' | 'late'>, end: Exit): BatchPart {
    const { done, effects, signed, late } = seen
    const mark = readMark(this.#mark)
    const told = new Set(done.map(({ n }) => n))
    const item = late.length > 0 ? undefined : items.find(({ n }) => n === mark?.n && !told.has(n))
    const lost =
      item === undefined
        ? null
        : {
            n: item.n,
            outcome: died(end, { since: mark!.since, killedFor: this.#killedFor, stderr: this.#stderr, detail: this.lastWords }),
          }
    const isKept = ({ n }: { readonly n: number | null }) => n === null || told.has(n) || n === item?.n
    const kept = effects.filter(isKept)
    return { done, effects: kept, signed: signed.filter(isKept), late, lost, alive: false, asked: true }
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
    this.#letGo()
    if (this.#mark !== -1) closeSync(this.#mark)
    this.#mark = -1
    rmSync(this.#scratch, { recursive: true, force: true, maxRetries: 3 })
  }

  /** Its end is told when its pipes end, and a child of its own that it left behind may hold them for ever. */
  #letGo(): void {
    for (const stream of this.#child.stdio) stream?.destroy()
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

  #handshake(target: HostTarget, initMs: number): Promise<Ready> {
    const answered = new Promise<Ready>((resolve) => {
      this.#onFrame = (frame) => {
        if (frame.t === 'ready' || frame.t === 'init-error') resolve(frame)
      }
    })
    const timer = setTimeout(() => this.kill('hang'), initMs)
    this.#input.write(encodeFrame({ t: 'hello', v: PROTOCOL_VERSION, target }))
    const died = this.#exit.then((end): Ready => {
      const hung = this.#killedFor === 'hang'
      const last = this.lastWords
      const why = hung
        ? `it was not loaded after ${initMs / 1000} s`
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
}
