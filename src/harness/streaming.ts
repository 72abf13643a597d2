import { Buffer } from 'node:buffer'
import { Writable } from 'node:stream'
import type { Outcome } from '../model/index.js'
import { current } from './context.js'
import { sized, threw } from './describe.js'
import { InitError } from './init-error.js'
import { requestId } from './lambda-context.js'

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming')
const HTTP_TYPE = 'application/vnd.awslambda.http-integration-response'
const SEPARATOR = Buffer.alloc(8)
const stringify = JSON.stringify
const parse = JSON.parse
const concat = Buffer.concat.bind(Buffer)

export const isStreaming = (handler: unknown): boolean =>
  typeof handler === 'function' && (handler as unknown as Record<symbol, unknown>)[STREAMING] === 'response'

/** Refuses a streaming mark that the runtime does not know. */
export function checkStreaming(handler: object): void {
  const mark = (handler as Record<symbol, unknown>)[STREAMING]
  if (mark !== undefined && mark !== 'response')
    throw new InitError('Runtime.MalformedStreamingHandler', `the handler has the unknown streaming mode '${String(mark)}'`)
}

/** The response of a streaming handler. The answer is what the gateway would make of it: a text, or status, headers and body. */
export class ResponseStream extends Writable {
  #chunks: Buffer[] = []
  #type: string | undefined
  #prelude: (() => Buffer) | undefined
  #settle: (outcome: Outcome) => void

  constructor(settle: (outcome: Outcome) => void) {
    super({ highWaterMark: 1024 * 1024 })
    this.#settle = settle
    this.once('finish', () => this.finish())
    this.once('error', (error) => settle(threw(error, 'handler')))
  }

  setContentType(type: string): void {
    if (this.#chunks.length > 0) throw new InvalidStreamingOperation('Cannot set content-type, too late.')
    this.#type = type
  }

  /** Status and headers, which go before the first chunk. */
  withPrelude(metadata: object): void {
    this.setContentType(HTTP_TYPE)
    this.#prelude = () => concat([Buffer.from(stringify(metadata)), SEPARATOR])
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.#chunks.length === 0 && this.#prelude !== undefined) this.#chunks.push(this.#prelude())
    this.#chunks.push(chunk)
    done()
  }

  /** The handler is done: what was written until now is the answer. */
  finish(): void {
    if (this.#chunks.length === 0 && this.#prelude !== undefined) this.#chunks.push(this.#prelude())
    const whole = concat(this.#chunks)
    this.#settle(sized(this.#type === HTTP_TYPE ? httpAnswer(whole) : stringify(whole.toString('utf8'))))
  }
}

/** `metadata, 8 NUL bytes, body` as the answer that a proxy integration would give. */
function httpAnswer(whole: Buffer): string {
  const at = whole.indexOf(SEPARATOR)
  if (at === -1) return stringify(whole.toString('utf8'))
  const metadata = parse(whole.toString('utf8', 0, at)) as object
  return stringify({ statusCode: 200, ...metadata, body: whole.toString('utf8', at + SEPARATOR.length) })
}

class InvalidStreamingOperation extends Error {
  override readonly name = 'Runtime.InvalidStreamingOperation'
}

/** The global that streaming handlers are written with. */
export function installAwslambda(): void {
  const awslambda = {
    streamifyResponse: (handler: object, options?: { highWaterMark?: number }) => {
      ;(handler as Record<symbol, unknown>)[STREAMING] = 'response'
      if (options?.highWaterMark !== undefined)
        (handler as Record<symbol, unknown>)[Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark')] =
          options.highWaterMark
      return handler
    },
    HttpResponseStream: {
      from: (stream: ResponseStream, metadata: object): ResponseStream => {
        stream.withPrelude(metadata)
        return stream
      },
    },
    InvokeStore: {
      PROTECTED_KEYS: { REQUEST_ID: Symbol('_AWS_LAMBDA_REQUEST_ID'), X_RAY_TRACE_ID: Symbol('_AWS_LAMBDA_X_RAY_TRACE_ID') },
      getRequestId: () => requestId(current()?.n ?? 0),
      getXRayTraceId: () => process.env['_X_AMZN_TRACE_ID'],
    },
  }
  Object.defineProperty(globalThis, 'awslambda', { value: awslambda, writable: true, configurable: true })
}
