import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'

/** One HTTP request as it came in: names of headers in lower case, the path still encoded. */
export interface AwsRequest {
  readonly method: string
  readonly host: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** The client went away before the body had ended. */
  readonly aborted: boolean
}

// More of a body is drained, but not kept.
const MOST_BODY_BYTES = 8 * 1024 * 1024

/** Reads a request to its end. */
export async function readRequest(incoming: IncomingMessage | Http2ServerRequest): Promise<AwsRequest> {
  const chunks: Buffer[] = []
  let kept = 0
  let aborted = false
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      if (kept >= MOST_BODY_BYTES) continue
      const part = chunk.subarray(0, MOST_BODY_BYTES - kept)
      chunks.push(part)
      kept += part.length
    }
  } catch {
    aborted = true // reset by the client: what has come is still evidence
  }
  const headers = flatHeaders(incoming.headers)
  const url = incoming.url ?? '/'
  const mark = url.indexOf('?')
  return {
    method: (incoming.method ?? 'GET').toUpperCase(),
    host: (headers[':authority'] ?? headers.host ?? '').toLowerCase().replace(/:\d+$/, ''),
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers,
    body: Buffer.concat(chunks),
    aborted,
  }
}

function flatHeaders(headers: IncomingMessage['headers']): Record<string, string> {
  const flat = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)])
  return Object.fromEntries(flat) as Record<string, string>
}
