import type { Json, RawRequest, SourceId } from '../model/index.js'
import { bodyText, typeOf } from './http-body.js'
import { cookieHeader, encode, queryString, requestPath, userAgentOf, wireOf } from './http-wire.js'

/** Sources whose wire input is an HTTP request of a client. */
const HTTP: readonly SourceId[] = ['apigw-v1', 'apigw-v2', 'function-url', 'alb']

/** The wire input as the request that a client sends; undefined for sources that no HTTP client reaches. */
export function rawRequest(source: SourceId, value: Json): RawRequest | undefined {
  if (!HTTP.includes(source)) return undefined
  const wire = wireOf(value)
  const body = bodyText(wire.body)
  const query = queryString(wire)
  const path = requestPath(wire, encode)
  const own = Object.entries(wire.headers).flatMap(([name, values]) => values.map((one) => [name, octets(one)] as const))
  const added: readonly (readonly [string, string | undefined])[] = [
    ['content-type', typeOf(wire.body)],
    ['cookie', cookieHeader(wire)],
    ['user-agent', userAgentOf(wire)],
  ]
  const missing = added.flatMap(([name, text]) =>
    text === undefined || own.some(([one]) => one.toLowerCase() === name) ? [] : [[name, octets(text)] as const],
  )
  return {
    method: wire.method,
    path: `${path.startsWith('/') ? '' : '/'}${path}${query === '' ? '' : `?${query}`}`,
    headers: [...own, ...missing],
    body,
  }
}

/** A header is made of bytes: each stands for one sign, as in Node. */
const octets = (text: string): string => Buffer.from(text.toWellFormed(), 'utf8').toString('latin1')
