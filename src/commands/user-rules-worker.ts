/** Runs the rules of one plug-in, so that one that throws or never ends harms nothing but itself. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Oracle, Trial } from '../model/index.js'

interface Wanted {
  readonly url: string
  readonly gate: Int32Array
  readonly port: MessagePort
}

const { url, gate, port } = workerData as Wanted
const loaded = ((await import(url)) as { default?: unknown }).default
const own = (Array.isArray(loaded) ? loaded : [loaded]) as readonly Oracle[]
// Functions do not travel between threads: the rest of a rule does.
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null, (_key, part) => (typeof part === 'function' ? '()' : part)))

port.on('message', ({ i, trial }: { i: number; trial: Trial }) => {
  try {
    port.postMessage({ verdicts: plain([...own[i]!.judge(trial)]) })
  } catch (error) {
    port.postMessage({ error: error instanceof Error ? String(error.message) : String(error) })
  }
  Atomics.store(gate, 0, 1)
  Atomics.notify(gate, 0)
})
parentPort!.postMessage(own.map(plain))
