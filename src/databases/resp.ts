import type { Budget } from './inbox.js'
import { Inbox } from './inbox.js'

/** An answer of Redis; `null` and maps are written as the client's version of the protocol has them. */
export type Reply =
  | { readonly kind: 'simple' | 'error'; readonly text: string }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'bulk'; readonly value: Buffer | string }
  | { readonly kind: 'null' }
  | { readonly kind: 'nullArray' }
  | { readonly kind: 'array'; readonly items: readonly Reply[] }
  | { readonly kind: 'map'; readonly items: readonly Reply[] }
  | { readonly kind: 'double'; readonly value: number }

export const OK: Reply = { kind: 'simple', text: 'OK' }
/** OK, after whatever was done. */
export const done = (_was: unknown): Reply => OK
export const NULL: Reply = { kind: 'null' }
export const int = (value: number): Reply => ({ kind: 'int', value })
export const bulk = (value: Buffer | string | undefined): Reply => (value === undefined ? NULL : { kind: 'bulk', value })
export const array = (values: readonly (Buffer | string | undefined)[]): Reply => ({ kind: 'array', items: values.map(bulk) })
export const error = (text: string): Reply => ({ kind: 'error', text: text.replace(/[\r\n]+/g, ' ') })

export function written(reply: Reply, version: 2 | 3): Buffer {
  const three = version === 3
  switch (reply.kind) {
    case 'simple':
      return Buffer.from(`+${reply.text}\r\n`)
    case 'error':
      return Buffer.from(`-${reply.text}\r\n`)
    case 'int':
      return Buffer.from(`:${reply.value}\r\n`)
    case 'bulk':
      return Buffer.concat([Buffer.from(`$${Buffer.byteLength(reply.value)}\r\n`), Buffer.from(reply.value), Buffer.from('\r\n')])
    case 'null':
      return Buffer.from(three ? '_\r\n' : '$-1\r\n')
    case 'nullArray':
      return Buffer.from(three ? '_\r\n' : '*-1\r\n')
    case 'double':
      return three ? Buffer.from(`,${reply.value}\r\n`) : written(bulk(String(reply.value)), version)
    case 'array':
    case 'map': {
      const head = three && reply.kind === 'map' ? `%${reply.items.length / 2}\r\n` : `*${reply.items.length}\r\n`
      return Buffer.concat([Buffer.from(head), ...reply.items.map((item) => written(item, version))])
    }
    default:
      return reply satisfies never
  }
}

const LONGEST_LINE = 64 * 1024
const LONGEST_BULK = 16 * 1024 * 1024
const MOST_ARGUMENTS = 100_000

/** Reads commands as they come: arrays of bulk strings, or words on a line. */
export class CommandReader {
  readonly #inbox: Inbox
  #args: Buffer[] = []
  #missing = 0
  #bulk = -1

  constructor(budget: Budget) {
    this.#inbox = new Inbox(budget)
  }

  push(bytes: Buffer): boolean {
    return this.#inbox.push(bytes)
  }

  clear(): void {
    this.#inbox.clear()
    this.#args = []
  }

  /** The next command; undefined while there is none. An error is what Redis says before it hangs up. */
  next(): readonly Buffer[] | { readonly problem: string } | undefined {
    for (;;) {
      const step = this.#bulk >= 0 ? this.#readBulk() : this.#missing > 0 ? this.#readLength() : this.#readStart()
      if (step !== 'more') return step === 'wait' ? undefined : step
    }
  }

  #line(): string | { readonly problem: string } | undefined {
    const line = this.#inbox.line(LONGEST_LINE)
    if (line !== undefined) return line.toString('latin1')
    return this.#inbox.length >= LONGEST_LINE ? { problem: 'Protocol error: too big inline request' } : undefined
  }

  #readStart() {
    const line = this.#line()
    if (line === undefined) return 'wait' as const
    if (typeof line !== 'string') return line
    if (!line.startsWith('*')) {
      const words = line.split(/\s+/).filter((word) => word !== '')
      return words.length === 0 ? ('more' as const) : words.map((word) => Buffer.from(word, 'latin1'))
    }
    const count = Number(line.slice(1))
    if (!/^\*-?\d+$/.test(line) || count > MOST_ARGUMENTS) return { problem: 'Protocol error: invalid multibulk length' }
    this.#missing = Math.max(0, count)
    this.#args = []
    return 'more' as const
  }

  #readLength() {
    const line = this.#line()
    if (line === undefined) return 'wait' as const
    if (typeof line !== 'string') return line
    if (!line.startsWith('$')) return { problem: `Protocol error: expected '$', got ${JSON.stringify(line.slice(0, 1))}` }
    const length = Number(line.slice(1))
    if (!/^\$\d+$/.test(line) || length > LONGEST_BULK) return { problem: 'Protocol error: invalid bulk length' }
    this.#bulk = length
    return 'more' as const
  }

  #readBulk() {
    const bytes = this.#inbox.read(this.#bulk + 2)
    if (bytes === undefined) return 'wait' as const
    // A copy: a slice would keep the whole chunk it came in.
    this.#args.push(Buffer.from(bytes.subarray(0, this.#bulk)))
    this.#bulk = -1
    return --this.#missing === 0 ? this.#args : ('more' as const)
  }
}
