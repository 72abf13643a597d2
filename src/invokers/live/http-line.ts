import type { Execution, Observation, RawRequest, Secret } from '../../model/index.js'
import { failureOf } from './failures.js'
import type { Sent } from './gate.js'
import { httpOutcome } from './http-outcome.js'
import type { Line } from './live-session.js'
import { seenFromOutside } from './outside.js'
import { credentialsIn } from './secrets-outside.js'

export interface HttpPlace {
  /** Everything is sent below it. */
  readonly url: string
  readonly timeoutMs: number
  readonly memoryMb: number
  readonly concurrency: number
  /** The request that an execution stands for; undefined where it is none. */
  requestOf(execution: Execution): RawRequest | undefined
}

/** AWS: a synchronous answer has at most 6 MB, base64 and headers come on top. */
const MOST_BYTES = 21 * 1024 * 1024
const SLACK_MS = 10_000

export interface HttpLine extends Line, AsyncDisposable {}

/** Sends executions as HTTP requests, over connections that stay open; redirects are answers, not ways to go. */
export async function httpLine(place: HttpPlace): Promise<HttpLine> {
  const { Pool } = await import('undici')
  const base = new URL(place.url)
  const prefix = base.pathname.replace(/\/$/, '')
  const timeout = place.timeoutMs + SLACK_MS
  const pool = new Pool(base.origin, {
    ...{ connections: place.concurrency, pipelining: 1, connectTimeout: 5_000 },
    ...{ headersTimeout: timeout, bodyTimeout: timeout, maxResponseSize: MOST_BYTES, maxHeaderSize: 64 * 1024 },
  })
  const secrets: Secret[] = []
  const send = async ({ method, path, headers, body }: RawRequest): Promise<Sent<Observation>> => {
    const started = performance.now()
    try {
      const flat = headers.flat()
      const options = { method, path: prefix + path, headers: flat, body: body ?? null }
      const answer = await pool.request(options as unknown as Parameters<typeof pool.request>[0])
      const text = await answer.body.text()
      const requestId = firstOf(answer.headers['x-amzn-requestid'] ?? answer.headers['apigw-requestid'])
      if (answer.statusCode === 429) return { kind: 'throttled', requestId }
      for (const found of credentialsIn(text)) if (!secrets.some(({ value }) => value === found.value)) secrets.push(found)
      const outcome = httpOutcome(answer.statusCode, answer.headers, text, place.timeoutMs)
      const ms = performance.now() - started
      const gbSeconds = (place.memoryMb / 1024) * (ms / 1000)
      return { kind: 'answered', requestId, gbSeconds, value: seenFromOutside(outcome, '', { ms }) }
    } catch (error) {
      return (error as { code?: string }).code === 'UND_ERR_INVALID_ARG'
        ? { kind: 'unfit', requestId: null, why: `HTTP does not carry it: ${(error as Error).message}` }
        : failureOf(error, place.url)
    }
  }
  return {
    where: place.url,
    worstGbSeconds: (place.memoryMb / 1024) * (place.timeoutMs / 1000),
    get secrets() {
      return secrets
    },
    once(execution) {
      const request = place.requestOf(execution)
      return request === undefined || leaves(prefix, request.path) ? undefined : () => send(request)
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  }
}

/** Some servers resolve dots, also encoded ones: what would come out above the base is somebody else's. */
function leaves(prefix: string, path: string): boolean {
  if (prefix === '') return false
  let depth = 0
  const plain = (path.split('?')[0] ?? '')
    .replace(/%25/g, '%')
    .replace(/%2e/gi, '.')
    .replace(/%2f|%5c|\\/gi, '/')
  for (const segment of plain.split('/')) {
    if (segment === '..') depth--
    else if (segment !== '' && segment !== '.') depth++
    if (depth < 0) return true
  }
  return false
}

const firstOf = (value: string | string[] | undefined): string | null => (Array.isArray(value) ? value[0] : value) ?? null
