import { subscribe } from 'node:diagnostics_channel'
import http from 'node:http'
import http2, { type ClientHttp2Session } from 'node:http2'

/** By it the sidecar knows which execution and which line made a request. */
export const CONTEXT_HEADER = 'x-eventfuzz-context'

/** What is said of a request made now; `isSdk`: an AWS SDK makes it. Of HTTP/2 there is no request object yet. */
export type Context = (isSdk: boolean, request?: object) => string | undefined

const SDK = /^aws-sdk-(js|nodejs)\//

/** Makes every outgoing HTTP request carry what `context` says at that moment; nothing when it says nothing. */
export function addContextHeaders(context: Context): void {
  patchHttp1(context)
  patchFetch(context)
  patchHttp2(context)
}

/** The class that http.request makes is not reached by patching exports, but its prototype is, whatever import got there. */
function patchHttp1(context: Context): void {
  const prototype = http.ClientRequest.prototype as unknown as Http1Internals
  const { _implicitHeader: implicit, _storeHeader: store } = prototype
  prototype._implicitHeader = function (this: Http1Internals) {
    const value = context(SDK.test(String(this.getHeader('user-agent'))), this)
    if (value !== undefined && !this.headersSent) this.setHeader(CONTEXT_HEADER, value)
    return implicit.call(this)
  }
  // A request whose headers came as an array never has them in a table: they are stored at once.
  prototype._storeHeader = function (this: Http1Internals, line: string, headers: unknown) {
    const value = Array.isArray(headers) ? context(false, this) : undefined
    return store.call(this, line, value === undefined ? headers : withPair(headers as unknown[], value))
  }
}

interface Http1Internals {
  readonly headersSent: boolean
  setHeader(name: string, value: string): unknown
  getHeader(name: string): unknown
  _implicitHeader(): unknown
  _storeHeader(line: string, headers: unknown): unknown
}

/** Both shapes that Node takes: a list of pairs, and a flat list. */
const withPair = (headers: readonly unknown[], value: string): unknown[] =>
  Array.isArray(headers[0]) ? [...headers, [CONTEXT_HEADER, value]] : [...headers, CONTEXT_HEADER, value]

/** Global fetch, and undici from npm, which publishes on the same channel. */
function patchFetch(context: Context): void {
  subscribe('undici:request:create', (message) => {
    const { request } = message as { request: { addHeader?(name: string, value: string): unknown } }
    const value = context(false, request)
    if (value !== undefined) request.addHeader?.(CONTEXT_HEADER, value)
  })
}

/** The session's class is not exported: its prototype is patched when the first session is seen. */
function patchHttp2(context: Context): void {
  const { connect } = http2
  let patched = false
  Reflect.set(http2, 'connect', function (this: unknown, ...args: Parameters<typeof connect>) {
    const session = Reflect.apply(connect, this, args) as ClientHttp2Session
    if (!patched) patchSession(Object.getPrototypeOf(session) as ClientHttp2Session, context)
    patched = true
    return session
  })
}

function patchSession(prototype: ClientHttp2Session, context: Context): void {
  const { request } = prototype
  Reflect.set(prototype, 'request', function (this: ClientHttp2Session, headers?: object, options?: object) {
    const value = context(SDK.test(String((headers as Record<string, unknown> | undefined)?.['user-agent'])))
    if (value === undefined) return Reflect.apply(request, this, [headers, options])
    const more = Array.isArray(headers) ? [...headers, CONTEXT_HEADER, value] : { ...headers, [CONTEXT_HEADER]: value }
    return Reflect.apply(request, this, [more, options])
  })
}
