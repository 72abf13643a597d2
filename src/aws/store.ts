// The function under test decides what is kept: over this weight everything is forgotten, as after a reset.
const MOST_BYTES = 64 * 1024 * 1024
const ENTRY_OVERHEAD = 256

/** What one target has put, so that it can be read back. Belongs to the target and survives a change of its process. */
export class Store {
  readonly #shelves = new Map<string, Map<string, unknown>>()
  #weight = 0
  readonly #begin: (store: Store) => void

  /** `begin` puts what is there from the start, and again after everything was forgotten. */
  constructor(begin: (store: Store) => void = () => undefined) {
    this.#begin = begin
    begin(this)
  }

  get<T>(shelf: string, key: string): T | undefined {
    return this.#shelves.get(shelf)?.get(key) as T | undefined
  }

  put(shelf: string, key: string, value: unknown, weight: number): void {
    this.#weight += weight + ENTRY_OVERHEAD
    if (this.#weight > MOST_BYTES) this.clear()
    const entries = this.#shelves.get(shelf) ?? new Map<string, unknown>()
    entries.set(key, value)
    this.#shelves.set(shelf, entries)
  }

  remove(shelf: string, key: string): void {
    this.#shelves.get(shelf)?.delete(key)
  }

  entries<T>(shelf: string): [string, T][] {
    return [...(this.#shelves.get(shelf) ?? [])] as [string, T][]
  }

  clear(): void {
    this.#shelves.clear()
    this.#weight = 0
    this.#begin(this)
  }
}
