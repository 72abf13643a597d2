import { requestId } from '../../harness/lambda-context.js'
import type { Invoker, Opened, Target } from '../../model/index.js'
import { type Answer, answerOf, notLoadedAnswer } from './answer.js'

const MOST_WAITING = 100

/**
 * One function, as one execution environment: opened when it is first called, and its invocations run one after another.
 * A crash or a timeout costs a swap to the stand-in.
 */
export class Lane implements AsyncDisposable {
  #target: Target
  #invoker: Invoker
  #signal: AbortSignal
  #opened: Promise<Opened> | undefined
  #last: Promise<unknown> = Promise.resolve()
  #unfinished = 0
  #rssBytes = 0

  constructor(target: Target, invoker: Invoker, signal: AbortSignal) {
    this.#target = target
    this.#invoker = invoker
    this.#signal = signal
  }

  /** One runs, the rest waits. */
  get isFull(): boolean {
    return this.#unfinished > MOST_WAITING
  }

  /** The answer to the n-th invocation of the server; undefined when the server stops before. */
  async invoke(n: number, text: string): Promise<Answer | undefined> {
    this.#unfinished++
    const mine = this.#last.then(() => this.#run(n, text))
    this.#last = mine.catch(() => undefined)
    try {
      return await mine
    } finally {
      this.#unfinished--
    }
  }

  async #run(n: number, text: string): Promise<Answer | undefined> {
    if (this.#signal.aborted) return undefined
    this.#opened ??= this.#invoker.open(this.#target)
    const opened = await this.#opened
    if (opened.kind === 'not-loaded') {
      this.#opened = undefined // The next call tries again: its author is at it.
      return notLoadedAnswer(requestId(n), opened.type, opened.reason)
    }
    const started = performance.now()
    const item = { n, text, mode: 'proof' as const, deadlineMs: this.#target.timeoutMs }
    const [observation] = await opened.session.run([item], this.#signal)
    if (observation === undefined || this.#signal.aborted) return undefined
    // A process that died could not say what it had used.
    this.#rssBytes = Math.max(this.#rssBytes, observation.rssBytes)
    const seen = { ...observation, rssBytes: this.#rssBytes }
    return answerOf(this.#target, requestId(n), seen, performance.now() - started)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last
    const opened = await this.#opened
    if (opened?.kind === 'open') await opened.session[Symbol.asyncDispose]()
  }
}
