import childProcess from 'node:child_process'
import workerThreads from 'node:worker_threads'
import type { HostTarget, SidecarPaths, WebMode } from '../model/index.js'
import { current, noteRequest } from './context.js'
import { webMode } from './web.js'

/** Under this name a thread or a child process finds what it needs to know. */
export const ELSEWHERE = 'EVENTFUZZ_ELSEWHERE'

/** What another thread or process of the function needs to reach its AWS. */
export interface Elsewhere extends Pick<HostTarget, 'taskRoot' | 'mirrorRoot' | 'http'> {
  readonly sockets: SidecarPaths
  /** What the event wanted for which it was started; no process has events that want something else. */
  readonly web?: WebMode | undefined
  readonly ca: string
  /** Execution that started the process; of a thread, shared: the one that posted to it last. */
  readonly n: Int32Array | number
}

const ENTRY = new URL('./in-thread.js', import.meta.url).href
const NOBODY = -1

const now = (): number => current()?.n ?? NOBODY

/** The execution for which a thread or process works. */
export function executionOf({ n }: Elsewhere): number | null {
  const number = typeof n === 'number' ? n : Atomics.load(n, 0)
  return number === NOBODY ? null : number
}

type Base = Omit<Elsewhere, 'n' | 'web'>

/** Threads of the function begin with our part, and know for which execution they work: the one that posted to them last. */
export function followThreads(base: Base): void {
  const { Worker: Original, setEnvironmentData } = workerThreads
  class Worker extends Original {
    readonly #n: Int32Array

    constructor(file: string | URL, options: workerThreads.WorkerOptions = {}) {
      const n = new Int32Array(new SharedArrayBuffer(4))
      Atomics.store(n, 0, now())
      setEnvironmentData(ELSEWHERE, { ...base, n, web: webMode() } as unknown as workerThreads.Serializable)
      const execArgv = [...(options.execArgv ?? []), '--import', ENTRY]
      try {
        super(file, { ...options, execArgv })
      } finally {
        setEnvironmentData(ELSEWHERE, undefined as unknown as workerThreads.Serializable)
      }
      this.#n = n
      noteRequest()
    }

    override postMessage(...args: unknown[]): void {
      Atomics.store(this.#n, 0, now())
      noteRequest()
      Reflect.apply(super.postMessage, this, args)
    }
  }
  Reflect.set(workerThreads, 'Worker', Worker)
}

/** Options with which a child process that runs node begins with our part. */
export function childEnvironment(base: Base, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  noteRequest()
  const options = `${env['NODE_OPTIONS'] ?? ''} --import=${ENTRY}`.trim()
  return { ...env, NODE_OPTIONS: options, [ELSEWHERE]: JSON.stringify({ ...base, n: now(), web: webMode() }) }
}

export const isNode = (file: string): boolean => file === process.execPath || /(?:^|\/)node$/.test(file)

export const real = { spawn: childProcess.spawn, fork: childProcess.fork }
