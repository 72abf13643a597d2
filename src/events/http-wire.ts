import { skeletonOf } from '../generate/index.js'
import { type Json, type JsonObject, SLOT, type Trigger } from '../model/index.js'
import { validatorFor } from './admit-request.js'
import { ACCOUNT, EPOCH, UUID } from './envelope.js'
import { bodyBytes, bodyText, type HttpBody, typeOf } from './http-body.js'
import { shellWord } from './shell-words.js'

/** An HTTP request as a client sends it to API Gateway, beside what the gateway's owner and the gateway itself add. */
export interface HttpWire {
  readonly route: string
  readonly method: string
  /** Used when the route leaves the path to the client. */
  readonly path: string
  readonly pathParameters: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, readonly string[]>>
  readonly headers: Readonly<Record<string, readonly string[]>>
  /** Browsers and curl send one; a client need not. */
  readonly userAgent?: string
  /** Names that the client writes in small letters, where the service keeps them as they were sent. */
  readonly asSent?: readonly string[]
  readonly cookies: Readonly<Record<string, string>>
  readonly body: HttpBody
  readonly stageVariables?: Readonly<Record<string, string>>
  /** What an identity provider says of the client. */
  readonly claims?: Readonly<Record<string, string>>
  /** What a Lambda authorizer says of it, where nothing declares the authorizer. */
  readonly context?: Readonly<Record<string, string>>
  /** Who signed it with keys of AWS, where nothing declares that somebody does. */
  readonly signer?: Readonly<Record<string, string>>
  readonly service: {
    readonly requestId: string
    readonly timeEpoch: number
    readonly sourceIp: string
    readonly apiId: string
    readonly stage: string
    readonly accountId: string
  }
}

export const wireOf = (wire: Json): HttpWire => wire as unknown as HttpWire

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'ANY'])

/** Benign requests for every route; without known routes a GET and a POST with a JSON body. */
export function httpTemplates(trigger: Trigger, defaults: readonly string[], stage: string): readonly Json[] {
  const routes = trigger.routes ?? defaults
  return routes.flatMap((route) => {
    const [method, path] = splitRoute(route)
    const concrete = method === 'ANY' ? ['GET', 'POST'] : [method]
    return concrete.map((m): Json => {
      const names = parameterNames(path)
      const pathParameters = Object.fromEntries(names.map((name) => [name, SLOT]))
      const requestId = stage === '$default' ? 'JKJaXmPLvHcESHA=' : UUID
      return { ...benignRequest(route, m, stage, requestId), pathParameters, ...validatedParts(trigger, m, path) }
    })
  })
}

/** What every request has: free places for the client's words, and what the service adds. */
export const benignRequest = (route: string, method: string, stage: string, requestId: string): JsonObject => ({
  route,
  method,
  path: `/${SLOT}`,
  pathParameters: {},
  userAgent: SLOT,
  cookies: {},
  query: {},
  headers: {},
  body: WITH_BODY.has(method) ? { kind: 'json', value: {} } : { kind: 'none' },
  service: { requestId, timeEpoch: EPOCH, sourceIp: '192.0.2.1', apiId: 'a1b2c3d4e5', stage, accountId: ACCOUNT },
})

/** Query, headers and body of a request that passes the route's validation. */
function validatedParts(trigger: Trigger, method: string, path: string): JsonObject {
  const validator = validatorFor(trigger, method, path)
  const required = (kind: string) =>
    Object.fromEntries(
      (validator?.required ?? []).flatMap((name) => (name.startsWith(`${kind}.`) ? [[name.slice(kind.length + 1), [SLOT]]] : [])),
    )
  const value = validator?.body === undefined ? {} : skeletonOf(validator.body)
  return {
    query: required('querystring'),
    headers: required('header'),
    body: WITH_BODY.has(method) ? { kind: 'json', value } : { kind: 'none' },
  }
}

/** A sampled request on one of the known routes, chosen by the sample itself; its path parameters are those of the route. */
export function httpHonour(sample: Json, trigger: Trigger, reserved: string): Json {
  const { claims, ...request } = unasked(wireOf(sample))
  // Behind a known authorizer a client has no say in what it says.
  const wire: HttpWire = claims === undefined || trigger.authorizer !== undefined ? request : { ...request, claims }
  const routes = trigger.routes ?? [wire.route]
  const route = routes[wire.service.timeEpoch % routes.length] ?? reserved
  const [method, path] = splitRoute(route)
  const values = Object.values(wire.pathParameters)
  const names = parameterNames(path).filter((name) => !path.includes(`{${name}+}`))
  const pathParameters = Object.fromEntries(names.map((name, i) => [name, values[i] ?? `value-${i}`]))
  const sent = { ...wire, route, pathParameters, method: method === 'ANY' ? wire.method : method }
  const made =
    validatorFor(trigger, sent.method, path) === undefined ? sent : { ...sent, ...validatedParts(trigger, sent.method, path) }
  return bodiless(made) as unknown as Json
}

/** Only a function that asks for it shows what a Lambda authorizer or IAM says, and how names of headers are written. */
export const unasked = ({ context: _context, signer: _signer, asSent: _names, ...request }: HttpWire): HttpWire => request

/** GET and HEAD carry no body through AWS's clients. */
export const bodiless = (wire: HttpWire): HttpWire =>
  /^(?:GET|HEAD|OPTIONS)$/.test(wire.method) ? { ...wire, body: { kind: 'none' } } : wire

/** A route with a method takes no other; only a greedy or default route leaves the path to the client. */
export function httpFixed(wire: Json): readonly string[] {
  const http = wireOf(wire)
  const [method, path] = splitRoute(http.route)
  return [...(method === 'ANY' ? [] : ['/method']), ...(path === '$default' || isGreedyOpen(http, path) ? [] : ['/path'])]
}

/** The greedy parameter has no value of its own: it takes the client's path. */
function isGreedyOpen(wire: HttpWire, path: string): boolean {
  const greedy = /\{([^}]+)\+\}/.exec(path)?.[1]
  return greedy !== undefined && !Object.hasOwn(wire.pathParameters, greedy)
}

/** `GET /orders/{id}` to method and path; `$default` is any method and any path. */
export function splitRoute(route: string): readonly [string, string] {
  const space = route.indexOf(' ')
  return space === -1 ? ['ANY', route.startsWith('/') ? route : '$default'] : [route.slice(0, space), route.slice(space + 1)]
}

export const parameterNames = (path: string): string[] => [...path.matchAll(/\{([^}+]+)\+?\}/g)].map((m) => m[1]!)

/** Path of the request: the route with its parameters filled in, or the client's own path where the route leaves it open. */
export function requestPath(wire: HttpWire, encode: (text: string) => string, ofPath = encode): string {
  const [, path] = splitRoute(wire.route)
  if (path === '$default') return `/${clientPath(wire)}`.split('/').map(ofPath).join('/')
  return path.replace(/\{([^}+]+)(\+?)\}/g, (_all, name: string, greedy: string) => {
    const value = Object.hasOwn(wire.pathParameters, name)
      ? wire.pathParameters[name]!.toWellFormed()
      : greedy
        ? clientPath(wire)
        : ''
    return greedy ? value.split('/').map(ofPath).join('/') : encode(value)
  })
}

/** The client's own path, without the slash that every request line has. */
export const clientPath = (wire: HttpWire): string => wire.path.replace(/^\//, '').toWellFormed()

/** Cookie header of the request; undefined without cookies. */
export function cookieHeader(wire: HttpWire): string | undefined {
  const cookies = Object.entries(wire.cookies).map(([name, value]) => `${name}=${value}`)
  return cookies.length === 0 ? undefined : trimmed(cookies.join('; '))
}

/** HTTP: blanks around a field value are not part of it. */
const trimmed = (value: string): string => value.toWellFormed().replace(/^[ \t]+|[ \t]+$/g, '')

export const userAgentOf = (wire: HttpWire): string | undefined =>
  wire.userAgent === undefined ? undefined : trimmed(wire.userAgent)

/** Request headers with those that follow from the rest; `style` spells the names, and equal names share one list. */
export function requestHeaders(wire: HttpWire, host: string, style: (name: string) => string): [string, string[]][] {
  const bytes = bodyBytes(wire.body)
  const headers = new Map<string, string[]>()
  for (const [name, values] of Object.entries(wire.headers))
    headers.set(style(name), [...(headers.get(style(name)) ?? []), ...values.map(trimmed)])
  // AWS: each hop writes the address that it sees behind those that the request names.
  const forwarded = headers.get(style('x-forwarded-for'))
  if (forwarded !== undefined) headers.set(style('x-forwarded-for'), [[...forwarded, wire.service.sourceIp].join(', ')])
  const added: [string, string | undefined][] = [
    ['accept', '*/*'],
    ['content-type', typeOf(wire.body)],
    ['content-length', bytes === undefined ? undefined : String(bytes.length)],
    ['cookie', cookieHeader(wire)],
    ['host', host],
    ['user-agent', userAgentOf(wire)],
    ['x-forwarded-for', wire.service.sourceIp],
    ['x-forwarded-port', '443'],
    ['x-forwarded-proto', 'https'],
  ]
  for (const [name, value] of added) if (value !== undefined && !headers.has(style(name))) headers.set(style(name), [value])
  return [...headers]
}

/** Path parameters as the gateway decodes them. */
export const routeParameters = (wire: HttpWire): [string, string][] =>
  Object.entries(wire.pathParameters).map(([name, value]) => [name, value.toWellFormed()])

/** Query parameters as the gateway decodes them. */
export const queryParameters = (wire: HttpWire): [string, string[]][] =>
  Object.entries(wire.query).map(([name, values]) => [name.toWellFormed(), values.map((value) => value.toWellFormed())])

export const queryString = (wire: HttpWire, written = encode): string =>
  Object.entries(wire.query)
    .flatMap(([name, values]) => values.map((value) => `${encode(name)}=${written(value)}`))
    .join('&')

/** encodeURIComponent that does not throw on lone surrogates. */
export const encode = (text: string): string => encodeURIComponent(text.toWellFormed())

/** RFC 3986: what may stand in the value of a query as it is; a plus would be read as a blank. */
const PLAIN_IN_QUERY = /%(?:21|24|27|28|29|2A|2C|2F|3A|3B|3D|3F|40)/g

/** Encoded no more than a client has to: a balancer hands a query over as it was sent. */
export const encodeLeast = (text: string): string => encode(text).replace(PLAIN_IN_QUERY, decodeURIComponent)

/** What a client may write for a dot or a slash, and what reaches the function as it was written. */
const WRITTEN = /(%(?:2[ef]|5c))/i

/** A part of a path that is handed over encoded: dots and slashes that the client has encoded itself stay so. */
export const encodePath = (text: string): string =>
  text
    .split(WRITTEN)
    .map((part) => (WRITTEN.test(part) ? part : encode(part)))
    .join('')

/** A greedy parameter as the gateway gives it out: decoded, the slashes that the client has encoded too. */
export const decodedPath = (text: string): string =>
  text
    .split(WRITTEN)
    .map((part) => (WRITTEN.test(part) ? decodeURIComponent(part) : part))
    .join('')

/** A curl command for the same request. `written`: how it spells the values of the query. `BASE` is the stage's invoke URL, which only the owner knows. */
export function httpRecipe(wire: Json, path: string, written = encode): readonly string[] {
  const http = wireOf(wire)
  const query = queryString(http, written)
  const parts = ['curl', '--path-as-is', '-X', http.method]
  for (const [name, values] of Object.entries(http.headers))
    for (const value of values) parts.push('-H', shellWord(`${name}: ${value}`))
  parts.push('-A', shellWord(http.userAgent ?? ''))
  const cookies = Object.entries(http.cookies).map(([name, value]) => `${name}=${value}`)
  if (cookies.length > 0) parts.push('-b', shellWord(cookies.join('; ')))
  const text = bodyText(http.body)
  const isBytes = http.body.kind === 'bytes'
  if (text !== undefined)
    parts.push(
      ...['-H', shellWord(`content-type: ${typeOf(http.body) ?? 'text/plain'}`)],
      ...(isBytes ? ['--data-binary', '@-'] : ['--data-raw', shellWord(text)]),
    )
  const from = http.body.kind === 'bytes' ? `printf %s ${shellWord(http.body.base64)} | base64 -d | ` : ''
  return [`${from}${parts.join(' ')} "$BASE"${shellWord(path + (query === '' ? '' : `?${query}`))}`]
}
