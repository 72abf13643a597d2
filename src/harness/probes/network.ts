import type { SourceLocation } from '../../model/index.js'
import { current } from '../context.js'
import { seen } from '../report-effect.js'
import { framesHere } from '../stack.js'
import { sdkFrames } from './sdk.js'

/** fetch() connects long after the user's frame has left the stack: remember who asked for which host. */
const askers = new WeakMap<object, Map<string, readonly SourceLocation[]>>()

export function probeFetch(): void {
  const original = globalThis.fetch
  const fetch = (input: unknown, ...rest: unknown[]) => {
    noteAsker(input)
    return Reflect.apply(original, globalThis, [input, ...rest])
  }
  Object.defineProperty(globalThis, 'fetch', { value: fetch, writable: true, configurable: true, enumerable: true })
}

function noteAsker(input: unknown): void {
  const execution = current()
  if (execution === undefined) return
  // Only what fetch itself takes: reading properties of anything else would look like the function's interest in them.
  const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input instanceof Request ? input.url : ''
  if (!URL.canParse(url)) return
  const hosts = askers.get(execution) ?? new Map<string, readonly SourceLocation[]>()
  hosts.set(new URL(url).hostname, framesHere(noteAsker))
  askers.set(execution, hosts)
}

/** Frames for a request: of an SDK the line that began its call, since a bundle makes the SDK's own frames look like the user's. */
export function framesOfRequest(isSdk: boolean): readonly SourceLocation[] {
  const begun = isSdk ? sdkFrames() : []
  return begun.length > 0 ? begun : framesFor('')
}

/** Frames for a connection: the stack's own, else the fetch() that asked for this host. */
export function framesFor(host: string): readonly SourceLocation[] {
  const here = framesHere(framesFor)
  if (here.some((frame) => !frame.file.includes('node_modules/'))) return here
  const execution = current()
  return (execution && askers.get(execution)?.get(host)) ?? here
}

/** Records a connection to a host that is none of AWS's; nothing leaves the process, whether it is answered or not. */
export function recordConnect(host: string, port: number, api: string, answered = false): void {
  seen({ kind: 'connect', api, host, port, answered: answered ? 'synthetic' : 'denied' }, framesFor(host))
}
