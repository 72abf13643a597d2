import { existsSync } from 'node:fs'
import type { LiveBudget } from '../../model/index.js'
import type { Audited } from './audit-log.js'
import type { Clock } from './clock.js'
import type { Commits, LineFile } from './line-file.js'
import { type Reserved, Spending } from './spending.js'
import { TokenBucket } from './token-bucket.js'

/** What came back of one sending. */
export type Sent<T> =
  | { readonly kind: 'answered'; readonly requestId: string | null; readonly gbSeconds: number; readonly value: T }
  /** Nothing was run: it may be sent again. */
  | { readonly kind: 'throttled'; readonly requestId: string | null }
  /** The service does not take this event, too large for one: nothing was run. */
  | { readonly kind: 'unfit'; readonly requestId: string | null; readonly why: string }
  /** It may have run: it is never sent again. */
  | { readonly kind: 'lost'; readonly requestId: string | null; readonly why: string }
  /** No event will ever get through: the run ends. `exit` as on the command line. */
  | { readonly kind: 'refused'; readonly requestId: string | null; readonly why: string; readonly exit: 2 | 3 }

/** One thing to send. */
export interface Sending {
  readonly target: string
  readonly where: string
  readonly bytes: number
  readonly sha256: string
  readonly worstGbSeconds: number
}

/** Why nothing more is sent; `exit` where that is a failure. */
export interface Stopped {
  readonly why: string
  /** Somebody made the stop file. */
  readonly byHand?: true
  readonly exit?: 2 | 3
}

export interface GateOptions {
  readonly budget: LiveBudget
  readonly stopFile: string
  readonly audit: string
  readonly earlier: Audited | undefined
  readonly clock: Clock
  readonly commits: Commits
}

const MOST_THROTTLED = 8
const MOST_LOST = 3
const LOOK_EVERY_MS = 50

/** The only way out: whatever is sent has passed the stop file, the budget, the rate limit and the audit log. */
export class Gate implements Disposable {
  readonly spending: Spending
  throttled: number
  stopped: Stopped | undefined
  #options: GateOptions
  #audit: LineFile
  #bucket: TokenBucket
  #stop = new AbortController()
  #until: number
  #n: number
  #free: number
  #waiting: (() => void)[] = []
  #unsettled: (() => void)[] = []
  #lost = 0
  #day = { now: 0, text: '' }
  #looked = Number.NEGATIVE_INFINITY
  #sent = new Map<string, number>()

  constructor(options: GateOptions) {
    const { budget, earlier, clock } = options
    this.#options = options
    this.spending = new Spending(budget)
    this.spending.restore(earlier?.invocations ?? 0, earlier?.gbSeconds ?? 0)
    this.throttled = earlier?.throttled ?? 0
    this.#n = earlier?.last ?? 0
    this.#audit = options.commits.open(options.audit)
    this.#bucket = new TokenBucket(budget.rate, clock)
    this.#free = budget.concurrency
    this.#until = clock.now() + budget.timeMs
  }

  /** Aborted when nothing more will be sent. */
  get signal(): AbortSignal {
    return this.#stop.signal
  }

  /** Invocations of a target in this part of the run. */
  sentTo(target: string): number {
    return this.#sent.get(target) ?? 0
  }

  /** Sends when there is room. A text says why it was not sent, or that nobody knows what became of it. */
  async send<T>(sending: Sending, once: () => Promise<Sent<T>>, signal: AbortSignal): Promise<T | string> {
    const slot = this.#slot()
    if (slot !== undefined) await slot
    try {
      for (let tries = 0; tries < MOST_THROTTLED; tries++) {
        const wait = this.#bucket.take(signal)
        if (wait !== undefined) await wait
        if (signal.aborted) return 'interrupted'
        const sent = await this.#attempt(sending, once)
        if (typeof sent === 'string') return sent
        if (sent.kind === 'answered') return sent.value
        if (sent.kind !== 'throttled') return sent.why
      }
      return this.#end({ why: `${sending.where} is throttled again and again: nothing gets through`, exit: 3 })
    } finally {
      this.#leave()
    }
  }

  [Symbol.dispose](): void {
    this.#audit[Symbol.dispose]()
  }

  async #attempt<T>(sending: Sending, once: () => Promise<Sent<T>>): Promise<Sent<T> | string> {
    const { clock, commits } = this.#options
    const reserved = await this.#admitted(sending)
    if (typeof reserved === 'string') return reserved
    const n = ++this.#n
    const started = clock.now()
    this.#sent.set(sending.target, this.sentTo(sending.target) + 1)
    const { target, where, bytes, sha256, worstGbSeconds } = sending
    this.#audit.add({ phase: 'before', n, at: this.#at(), target, where, bytes, sha256, worstGbSeconds })
    await commits.done()
    const sent = await once()
    const gbSeconds = sent.kind === 'answered' ? sent.gbSeconds : null
    const { kind: became, requestId } = sent
    const why = 'why' in sent ? sent.why : undefined
    const ms = Math.round(clock.now() - started)
    this.#audit.add({ phase: 'after', n, at: this.#at(), became, requestId, ms, gbSeconds, why })
    // A disk that is full is told by the next line that has to be there before something is sent.
    commits.done().catch(() => undefined)
    if (sent.kind === 'throttled' || sent.kind === 'unfit') this.spending.giveBack(reserved)
    else this.spending.settle(reserved, gbSeconds ?? undefined)
    for (const ask of this.#unsettled.splice(0)) ask()
    this.#learn(sent)
    return sent
  }

  /** What was set aside for it, or why nothing is sent any more. */
  async #admitted({ worstGbSeconds }: Sending): Promise<Reserved | string> {
    const { clock, stopFile } = this.#options
    for (;;) {
      if (this.stopped !== undefined) return this.stopped.why
      if (this.#stopFileExists()) return this.#end({ why: `the stop file ${stopFile} is there`, byHand: true })
      if (clock.now() >= this.#until) return this.#end({ why: 'its time is up' })
      const reserved = this.spending.reserve(worstGbSeconds)
      if (reserved === 'later') await new Promise<void>((resolve) => this.#unsettled.push(resolve))
      else if ('limit' in reserved) return this.#end({ why: `its budget is used up: ${reserved.limit}` })
      else return reserved
    }
  }

  /** The time of day; written once a millisecond at most. */
  #at(): string {
    const now = Date.now()
    if (now !== this.#day.now) this.#day = { now, text: new Date(now).toISOString() }
    return this.#day.text
  }

  /** Looked for every so often: a look costs as much as a request. */
  #stopFileExists(): boolean {
    const now = this.#options.clock.now()
    if (now - this.#looked < LOOK_EVERY_MS) return false
    this.#looked = now
    return existsSync(this.#options.stopFile)
  }

  #learn<T>(sent: Sent<T>): void {
    if (sent.kind === 'throttled') {
      this.throttled++
      this.#bucket.throttled()
      return
    }
    this.#lost = sent.kind === 'lost' ? this.#lost + 1 : 0
    if (sent.kind === 'answered') this.#bucket.answered()
    else if (sent.kind === 'refused') this.#end({ why: sent.why, exit: sent.exit })
    else if (this.#lost === MOST_LOST) this.#end({ why: sent.why, exit: 3 })
  }

  #end(stopped: Stopped): string {
    this.stopped ??= stopped
    this.#stop.abort()
    return this.stopped.why
  }

  /** Undefined: there was a place at once. */
  #slot(): Promise<void> | undefined {
    if (this.#free === 0) return new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#free--
    return undefined
  }

  /** The place goes to who waits longest: between two there is no moment in which somebody else could take it. */
  #leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free++
    else next()
  }
}
