// The function under test decides what is kept: over this weight everything is forgotten, as after a reset.
const MOST_BYTES = 64 * 1024 * 1024
const ENTRY_OVERHEAD = 256

interface Entry {
  readonly value: unknown
  readonly weight: number
}

/** What one target has put, so that it can be read back. Belongs to the target and survives a change of its process. */
export class Store {
  readonly #shelves = new Map<string, Map<string, Entry>>()
  #weight = 0
  #serial = 0
  readonly #begin: (store: Store) => void

  /** `begin` puts what is there from the start, and again after everything was forgotten. */
  constructor(begin: (store: Store) => void = () => undefined) {
    this.#begin = begin
    begin(this)
  }

  get<T>(shelf: string, key: string): T | undefined {
    return this.#shelves.get(shelf)?.get(key)?.value as T | undefined
  }

  /** `weight` is about the bytes that the value holds. */
  put(shelf: string, key: string, value: unknown, weight: number): void {
    this.#weight += weight + ENTRY_OVERHEAD - this.#weightOf(shelf, key)
    if (this.#weight > MOST_BYTES) {
      this.clear()
      this.#weight += weight + ENTRY_OVERHEAD
    }
    const entries = this.#shelves.get(shelf) ?? new Map<string, Entry>()
    entries.set(key, { value, weight: weight + ENTRY_OVERHEAD })
    this.#shelves.set(shelf, entries)
  }

  remove(shelf: string, key: string): void {
    this.#weight -= this.#weightOf(shelf, key)
    const entries = this.#shelves.get(shelf)
    entries?.delete(key)
    if (entries?.size === 0) this.#shelves.delete(shelf)
  }

  /** Forgets a whole shelf. */
  empty(shelf: string): void {
    for (const { weight } of this.#shelves.get(shelf)?.values() ?? []) this.#weight -= weight
    this.#shelves.delete(shelf)
  }

  entries<T>(shelf: string): [string, T][] {
    return [...(this.#shelves.get(shelf) ?? [])].map(([key, { value }]) => [key, value as T])
  }

  /** Names of the shelves that begin with this and hold something. */
  shelves(prefix: string): string[] {
    return [...this.#shelves.keys()].filter((name) => name.startsWith(prefix))
  }

  /** 1, 2, 3, ...: the order of things in this store, instead of a clock. */
  serial(): number {
    this.#serial += 1
    return this.#serial
  }

  clear(): void {
    this.#shelves.clear()
    this.#weight = 0
    this.#serial = 0
    this.#begin(this)
  }

  #weightOf(shelf: string, key: string): number {
    return this.#shelves.get(shelf)?.get(key)?.weight ?? 0
  }
}
