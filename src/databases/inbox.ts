/** How many bytes all connections of a target may hold unread or stored; `take` says whether there is room. */
export class Budget {
  #left: number

  constructor(bytes: number) {
    this.#left = bytes
  }

  take(bytes: number): boolean {
    if (bytes > this.#left) return false
    this.#left -= bytes
    return true
  }

  give(bytes: number): void {
    this.#left += bytes
  }
}

/** Bytes that have come and are not yet read. Chunks are joined only when a whole message is there: slow clients cost no copies. */
export class Inbox {
  #chunks: Buffer[] = []
  #length = 0
  readonly #budget: Budget

  constructor(budget: Budget) {
    this.#budget = budget
  }

  get length(): number {
    return this.#length
  }

  /** False when there is no room for the bytes: they are dropped, and the connection has to end. */
  push(bytes: Buffer): boolean {
    if (bytes.length === 0) return true
    if (!this.#budget.take(bytes.length)) return false
    this.#chunks.push(bytes)
    this.#length += bytes.length
    return true
  }

  /** The first bytes, left in place; undefined while there are fewer. */
  peek(count: number): Buffer | undefined {
    if (count > this.#length) return undefined
    let first = this.#chunks[0] ?? Buffer.alloc(0)
    // Joined pairwise in growing pieces: joining all for each peek would cost the square of a message's chunks.
    let taken = 1
    while (first.length < count && taken < this.#chunks.length) {
      taken *= 2
      first = Buffer.concat(this.#chunks.slice(0, taken))
    }
    if (taken > 1) this.#chunks.splice(0, taken, first)
    return first.subarray(0, count)
  }

  /** Takes the first bytes out; undefined while there are fewer. */
  read(count: number): Buffer | undefined {
    const bytes = this.peek(count)
    if (bytes === undefined) return undefined
    this.#length -= count
    this.#budget.give(count)
    const first = this.#chunks[0]
    if (first !== undefined && first.length > count) this.#chunks[0] = first.subarray(count)
    else this.#chunks.shift()
    return bytes
  }

  /** Takes out one line without its CR LF; undefined while there is none within `most` bytes. */
  line(most: number): Buffer | undefined {
    const head = this.peek(Math.min(most, this.#length))
    const at = head === undefined ? -1 : head.indexOf('\r\n')
    return at === -1 ? undefined : this.read(at + 2)?.subarray(0, at)
  }

  clear(): Buffer {
    return this.read(this.#length) ?? Buffer.alloc(0)
  }
}
