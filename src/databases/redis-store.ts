import type { Budget } from './inbox.js'

interface Values {
  readonly string: Buffer
  readonly hash: Map<string, Buffer>
  readonly list: Buffer[]
  readonly set: Set<string>
  readonly zset: Map<string, number>
}
type Kind = keyof Values
type Stored = { readonly [K in Kind]: { readonly kind: K; readonly value: Values[K] } }[Kind]

/** What Redis says of a command that meets another kind of value. */
export class WrongType extends Error {}
/** No room is left. */
export class OutOfMemory extends Error {}

const OVERHEAD = 64

/** Keys of one target, all databases in one; names and members are latin1 text, so that any bytes fit. */
export class RedisStore {
  readonly #budget: Budget
  readonly #keys = new Map<string, { stored: Stored; expiresAt: number }>()
  #bytes = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  get size(): number {
    return this.#keys.size
  }

  names(): string[] {
    return [...this.#keys.keys()].filter((key) => this.#live(key) !== undefined)
  }

  kindOf(key: string): Kind | undefined {
    return this.#live(key)?.stored.kind
  }

  /** The value when it is of this kind; undefined for no key; throws WrongType. */
  get<K extends Kind>(key: string, kind: K): Values[K] | undefined {
    const stored = this.#live(key)?.stored
    if (stored === undefined) return undefined
    if (stored.kind !== kind) throw new WrongType()
    return stored.value as Values[K]
  }

  /** The value, made when there is none. */
  made<K extends Exclude<Kind, 'string'>>(key: string, kind: K): Values[K] {
    const known = this.get(key, kind)
    if (known !== undefined) return known
    const empty = { hash: () => new Map(), list: () => [], set: () => new Set(), zset: () => new Map() }[kind]()
    this.put(key, { kind, value: empty } as Stored)
    return empty as Values[K]
  }

  /** Replaces the key; throws OutOfMemory. */
  put(key: string, stored: Stored, ttlMs = Number.POSITIVE_INFINITY): void {
    this.grow(key.length + OVERHEAD + (stored.kind === 'string' ? stored.value.length : 0))
    this.#keys.set(key, { stored, expiresAt: Date.now() + ttlMs })
  }

  /** Counts what is about to be stored: a bound, not a balance. When there is no room, all is forgotten, as the AWS store does. */
  grow(bytes: number): void {
    if (!this.#budget.take(bytes)) {
      this.clear()
      if (!this.#budget.take(bytes)) throw new OutOfMemory()
    }
    this.#bytes += bytes
  }

  delete(key: string): boolean {
    return this.#live(key) !== undefined && this.#keys.delete(key)
  }

  /** An empty collection is no key. */
  tidy(key: string): void {
    const stored = this.#keys.get(key)?.stored
    if (stored === undefined || stored.kind === 'string') return
    if ((stored.kind === 'list' ? stored.value.length : stored.value.size) === 0) this.#keys.delete(key)
  }

  expire(key: string, ttlMs: number): boolean {
    const entry = this.#live(key)
    if (entry !== undefined) entry.expiresAt = Date.now() + ttlMs
    return entry !== undefined
  }

  /** Milliseconds; -1 without a limit, -2 without a key. */
  ttl(key: string): number {
    const entry = this.#live(key)
    if (entry === undefined) return -2
    return entry.expiresAt === Number.POSITIVE_INFINITY ? -1 : entry.expiresAt - Date.now()
  }

  clear(): void {
    this.#keys.clear()
    this.#budget.give(this.#bytes)
    this.#bytes = 0
  }

  #live(key: string) {
    const entry = this.#keys.get(key)
    if (entry === undefined || entry.expiresAt > Date.now()) return entry
    this.#keys.delete(key)
    return undefined
  }
}
