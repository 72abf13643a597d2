import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import { unchunker } from './decode/chunked.js'

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
  /** Of a body that was not kept to its end: what it was in full. */
  readonly whole?: WholeBody
}

/** A body that has gone by: its length and MD5, without the framing of `aws-chunked`. */
export interface WholeBody {
  readonly size: number
  readonly md5: Buffer
}

// More of a body is drained and hashed, but not kept.
const MOST_BODY_BYTES = 8 * 1024 * 1024

/** Reads a request to its end. */
export async function readRequest(incoming: IncomingMessage | Http2ServerRequest): Promise<AwsRequest> {
  const headers = flatHeaders(incoming.headers)
  const { body, aborted, whole } = await drain(
    incoming as AsyncIterable<Buffer>,
    /aws-chunked/i.test(headers['content-encoding'] ?? ''),
  )
  const url = incoming.url ?? '/'
  const mark = url.indexOf('?')
  return {
    method: (incoming.method ?? 'GET').toUpperCase(),
    host: (headers[':authority'] ?? headers.host ?? '').toLowerCase().replace(/:\d+$/, ''),
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers,
    body,
    aborted,
    ...(whole === undefined ? {} : { whole }),
  }
}

/** Takes a body in to its end, keeps its beginning, and hashes what is longer. */
async function drain(incoming: AsyncIterable<Buffer>, chunked: boolean): Promise<Pick<AwsRequest, 'body' | 'aborted' | 'whole'>> {
  const chunks: Buffer[] = []
  let kept = 0
  let hash: ReturnType<typeof hasher> | undefined
  let aborted = false
  try {
    for await (const chunk of incoming) {
      const part = chunk.subarray(0, MOST_BODY_BYTES - kept)
      if (part.length > 0) chunks.push(part)
      kept += part.length
      if (part.length === chunk.length) continue
      if (hash === undefined) {
        hash = hasher(chunked)
        for (const each of chunks) hash.take(each)
      }
      hash.take(chunk.subarray(part.length))
    }
  } catch {
    aborted = true // reset by the client: what has come is still evidence
  }
  return { body: Buffer.concat(chunks), aborted, ...(hash === undefined ? {} : { whole: hash.end() }) }
}

function hasher(chunked: boolean): { take(part: Buffer): void; end(): WholeBody } {
  const md5 = createHash('md5')
  let size = 0
  const add = (payload: Buffer): void => {
    md5.update(payload)
    size += payload.length
  }
  return { take: chunked ? unchunker(add) : add, end: () => ({ size, md5: md5.digest() }) }
}

function flatHeaders(headers: IncomingMessage['headers']): Record<string, string> {
  const flat = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)])
  return Object.fromEntries(flat) as Record<string, string>
}
