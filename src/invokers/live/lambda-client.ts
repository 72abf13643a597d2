import { PassThrough, type Readable } from 'node:stream'
import { type AwsClient, type AwsModule, type HttpHandler, loadAws, loadHttpHandler } from './aws-sdk.js'

export interface ClientOptions {
  readonly cwd: string
  readonly region: string | undefined
  readonly profile: string | undefined
  /** Origin on this machine that answers in place of AWS. */
  readonly endpoint: string | undefined
  /** Of the slowest function. */
  readonly timeoutMs: number
  readonly concurrency: number
}

/** AWS: 6 MB of answer, and 20 MB where it is streamed. More is no answer of Lambda's. */
const MOST_BYTES = 21 * 1024 * 1024
const SLACK_MS = 10_000
/** What is on this machine gets no credentials of AWS. */
const NO_CREDENTIALS = { accessKeyId: 'eventfuzz', secretAccessKey: 'eventfuzz' }

export interface Clients {
  readonly sdk: AwsModule
  readonly lambda: AwsClient
}

/** A client that never sends anything twice by itself, and never reads without end. */
export function lambdaClient(options: ClientOptions): Clients {
  const sdk = loadAws('client-lambda', options.cwd)
  const Handler = loadHttpHandler(options.cwd)
  const inner = new Handler({
    connectionTimeout: 5_000,
    requestTimeout: options.timeoutMs + SLACK_MS,
    httpAgent: { maxSockets: options.concurrency, keepAlive: true },
    httpsAgent: { maxSockets: options.concurrency, keepAlive: true },
  })
  const lambda = new sdk.LambdaClient({ ...shared(options), maxAttempts: 1, requestHandler: bounded(inner) })
  return { sdk, lambda }
}

/** Options of every AWS client here. */
export const shared = ({ region, profile, endpoint }: ClientOptions): object => ({
  ...(region !== undefined && { region }),
  ...(profile !== undefined && { profile }),
  ...(endpoint !== undefined && { endpoint, region: region ?? 'us-east-1', credentials: NO_CREDENTIALS }),
})

function bounded(inner: HttpHandler): HttpHandler {
  return {
    async handle(request, options) {
      const out = await inner.handle(request, options)
      const { body } = out.response
      if (isReadable(body)) out.response.body = limited(body)
      return out
    },
    destroy: () => inner.destroy?.(),
  }
}

const isReadable = (body: unknown): body is Readable => typeof (body as { pipe?: unknown } | null)?.pipe === 'function'

function limited(body: Readable): Readable {
  const out = new PassThrough()
  let bytes = 0
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= MOST_BYTES) return
    body.destroy()
    out.destroy(Object.assign(new Error(`it sent more than ${MOST_BYTES} bytes`), { code: 'TooLarge' }))
  })
  body.on('error', (error) => out.destroy(error))
  // A connection that is cut in the middle ends without an error of its own.
  body.on('close', () => {
    if (!body.readableEnded) out.destroy(Object.assign(new Error('the answer was cut off'), { code: 'ECONNRESET' }))
  })
  return body.pipe(out)
}
