import { fitsPattern, type HttpFixture, type WebCall } from '../model/index.js'
import { CONTEXT_HEADER, readContext, readWebMode } from './context.js'
import type { HttpAnswer } from './encode.js'
import { CUT } from './fixtures.js'
import type { AwsRequest } from './request.js'

/** What a request to a host of somebody else is answered, and what is told of it. */
export interface WebAnswer {
  readonly call: WebCall
  readonly answer: HttpAnswer
}

/** The first fixture that fits; else a success that says nothing, so that the function goes on behind its request. */
export function answerWeb(request: AwsRequest, fixtures: readonly HttpFixture[]): WebAnswer {
  const { method, host, path } = request
  const header = request.headers[CONTEXT_HEADER]
  const { n } = readContext(header)
  const web = readWebMode(header)
  const fixture = fixtures.find((one) => fits(one, request))
  const call = { n, method, host, path: path.slice(0, 1024), sent: sentIn(request), invented: fixture === undefined }
  if (fixture !== undefined) return { call, answer: given(fixture, method) }
  // The connection was let through for the sake of other requests to this host.
  if (web === 'refused') return { call: { ...call, invented: false }, answer: { status: CUT, headers: {}, body: NOTHING } }
  return { call, answer: invented(request, web === 'null' ? 'null' : '{}') }
}

const MOST_SENT = 16 * 1024

const sentIn = ({ query, headers, body }: AwsRequest): string =>
  [
    query.toString(),
    ...Object.entries(headers).flatMap(([name, value]) => (name === CONTEXT_HEADER ? [] : [value])),
    body.toString('utf8', 0, MOST_SENT),
  ]
    .join('\n')
    .slice(0, MOST_SENT)

const NOTHING = Buffer.alloc(0)
const JSON_TYPE = 'application/json'

function fits({ host, method, path }: HttpFixture, request: AwsRequest): boolean {
  const authority = request.headers[':authority'] ?? request.headers.host ?? ''
  return (
    (fitsPattern(host, request.host) || fitsPattern(host, authority)) &&
    (method === undefined || method.toUpperCase() === request.method) &&
    (path === undefined || fitsPattern(path, request.path))
  )
}

function given({ status = 200, headers = {}, body }: HttpFixture, method: string): HttpAnswer {
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : JSON_TYPE
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return { status, headers: { 'content-type': type, ...lower }, body: bodyFor(method, text) }
}

/** Who asks for another format than JSON gets an empty one: `{}` would be a broken document there. */
function invented({ method, headers }: AwsRequest, json: string): HttpAnswer {
  const wanted = (headers.accept ?? '').toLowerCase()
  const [type = ''] = wanted.split(/[,;]/)
  if (wanted === '' || /json|javascript|\*\/\*|application\/\*/.test(wanted) || !/^[\w.+-]+\/[\w.+*-]+$/.test(type.trim()))
    return { status: 200, headers: { 'content-type': JSON_TYPE }, body: bodyFor(method, json) }
  const text = /xml$/.test(type.trim()) ? '<answer/>' : ''
  return { status: 200, headers: { 'content-type': type.trim().replace('/*', '/plain') }, body: bodyFor(method, text) }
}

const bodyFor = (method: string, text: string): Buffer => (method === 'HEAD' ? NOTHING : Buffer.from(text))
