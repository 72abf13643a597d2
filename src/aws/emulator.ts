import http from 'node:http'
import https from 'node:https'
import type { AwsCall } from '../model/index.js'
import { CONTEXT_HEADER } from './context.js'
import type { HttpAnswer } from './encode.js'
import type { AwsRequest } from './request.js'

const SILENT_MS = 10_000
const MOST_BYTES = 64 * 1024 * 1024
/** Headers of one connection, and ours. */
const NOT_SENT = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'http2-settings', 'expect', CONTEXT_HEADER])
const NOT_GIVEN = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length'])

/** An emulator of AWS that the user runs: requests go there as they came, for the host that they were meant for. */
export class Emulator {
  readonly #endpoint: URL
  readonly #warn: (message: string) => void
  readonly #agent: http.Agent
  #isSilent = false

  constructor(endpoint: string, warn: (message: string) => void) {
    this.#endpoint = new URL(endpoint)
    this.#agent = new (this.#endpoint.protocol === 'https:' ? https : http).Agent({ keepAlive: true })
    this.#warn = warn
  }

  /** What it answers; undefined when it cannot be asked, which is said once. */
  async ask(request: AwsRequest): Promise<HttpAnswer | undefined> {
    if (request.whole !== undefined || request.aborted) return undefined // Its end was not kept.
    try {
      return await this.#send(request)
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error))
      if (!this.#isSilent)
        this.#warn(`${this.#endpoint.origin} (--aws-endpoint) does not answer (${why}): the stub answers instead`)
      this.#isSilent = true
      return undefined
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  #send({ method, path, query, host, headers, body }: AwsRequest): Promise<HttpAnswer> {
    const own = Object.entries(headers).filter(([name]) => !name.startsWith(':') && !NOT_SENT.has(name))
    const { protocol, hostname, port } = this.#endpoint
    const options: https.RequestOptions = {
      ...{ hostname: hostname.replace(/^\[|\]$/g, ''), port, method, agent: this.#agent, timeout: SILENT_MS },
      path: query.size === 0 ? path : `${path}?${query}`,
      headers: { ...Object.fromEntries(own), host, 'content-length': String(body.length) },
      rejectUnauthorized: false, // It is on this machine or beside it, and signs its certificate itself.
    }
    return new Promise((resolve, reject) => {
      const request = (protocol === 'https:' ? https : http).request(options, (response) => {
        readAnswer(response).then(resolve, reject)
      })
      request.on('timeout', () => request.destroy(new Error(`silent for ${SILENT_MS / 1000} s`)))
      request.on('error', reject).end(body)
    })
  }
}

async function readAnswer(response: http.IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) throw new Error('its answer is too long')
    chunks.push(chunk)
  }
  const given = Object.entries(response.headers).filter(([name, value]) => value !== undefined && !NOT_GIVEN.has(name))
  const headers = Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
  return { status: response.statusCode ?? 500, headers, body: Buffer.concat(chunks) }
}

/** The call as the emulator answered it. */
export const forwarded = (call: AwsCall, { status, body }: HttpAnswer): AwsCall => ({
  ...call,
  outcome: status < 400 ? 'ok' : /AccessDenied|NotAuthorized/.test(body.toString('latin1', 0, 4_096)) ? 'denied' : 'error',
  answeredBy: 'forward',
  invented: false,
})
