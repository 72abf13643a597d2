import http from 'node:http'
import type { HttpAnswer } from './encode.js'
import type { AwsRequest } from './request.js'

const TAKEN = /^(?:content-type|x-amz-(?:invocation-type|log-type|client-context))$/
const GIVEN = /^(?:content-type|x-amz.*)$/

/** Passes a request on to an endpoint on this machine, without credentials, and gives back what it says. */
export function forward({ method, path, query, headers, body }: AwsRequest, endpoint: string): Promise<HttpAnswer> {
  const search = query.size === 0 ? '' : `?${query}`
  const own = { 'content-length': String(body.length) }
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${endpoint}${path}${search}`,
      { method, headers: { ...only(headers, TAKEN), ...own }, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 500,
            headers: only(response.headers, GIVEN),
            body: Buffer.concat(chunks),
          }),
        )
      },
    )
    request.on('error', reject).end(body)
  })
}

function only(headers: http.IncomingHttpHeaders, wanted: RegExp): Record<string, string> {
  const kept = Object.entries(headers).filter(([name, value]) => wanted.test(name) && value !== undefined)
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}
