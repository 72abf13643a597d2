import { isJsonObject, type Json, type JsonObject, tokensOf, type Trigger } from '../model/index.js'
import { getAt, setAt } from '../generate/index.js'
import { ACCOUNT, EPOCH, UUID } from './envelope.js'
import { shellWord } from './shell-words.js'
import { SLOT } from './slot.js'

/** An HTTP request as a client sends it to API Gateway, beside what the gateway's owner and the gateway itself add. */
export interface HttpWire {
  readonly route: string
  readonly method: string
  /** Used when the route leaves the path to the client. */
  readonly path: string
  readonly pathParameters: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, readonly string[]>>
  readonly headers: Readonly<Record<string, readonly string[]>>
  readonly userAgent: string
  readonly cookies: Readonly<Record<string, string>>
  readonly body: HttpBody
  readonly stageVariables?: Readonly<Record<string, string>>
  readonly claims?: Readonly<Record<string, string>>
  readonly service: { readonly requestId: string; readonly timeEpoch: number; readonly sourceIp: string; readonly apiId: string; readonly stage: string; readonly accountId: string }
}

export type HttpBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'binary'; readonly text: string }

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
      return {
        route,
        method: m,
        path: `/${SLOT}`,
        pathParameters: Object.fromEntries(names.map((name) => [name, SLOT])),
        query: {},
        headers: {},
        userAgent: SLOT,
        cookies: {},
        body: WITH_BODY.has(m) ? { kind: 'json', value: {} } : { kind: 'none' },
        service: { requestId: stage === '$default' ? 'JKJaXmPLvHcESHA=' : UUID, timeEpoch: EPOCH, sourceIp: '192.0.2.1', apiId: 'a1b2c3d4e5', stage, accountId: ACCOUNT },
      }
    })
  })
}

/** A sampled request on one of the known routes, chosen by the sample itself; its path parameters are those of the route. */
export function httpHonour(sample: Json, trigger: Trigger, reserved: string): Json {
  const wire = wireOf(sample)
  const routes = trigger.routes ?? [wire.route]
  const route = routes[wire.service.timeEpoch % routes.length] ?? reserved
  const [method, path] = splitRoute(route)
  const values = Object.values(wire.pathParameters)
  const names = parameterNames(path).filter((name) => !path.includes(`{${name}+}`))
  const pathParameters = Object.fromEntries(names.map((name, i) => [name, values[i] ?? `value-${i}`]))
  const made = { ...wire, route, pathParameters, method: method === 'ANY' ? wire.method : method }
  // GET and HEAD carry no body through API Gateway's clients.
  return (/^(?:GET|HEAD|OPTIONS)$/.test(made.method) ? { ...made, body: { kind: 'none' } } : made) as unknown as Json
}

/** A route with a method takes no other; only a greedy or default route leaves the path to the client. */
export function httpFixed(wire: Json): readonly string[] {
  const [method, path] = splitRoute(wireOf(wire).route)
  return [...(method === 'ANY' ? [] : ['/method']), ...(path === '$default' || path.includes('+}') ? [] : ['/path'])]
}

/** `GET /orders/{id}` to method and path; `$default` is any method and any path. */
export function splitRoute(route: string): readonly [string, string] {
  const space = route.indexOf(' ')
  return space === -1 ? ['ANY', route.startsWith('/') ? route : '$default'] : [route.slice(0, space), route.slice(space + 1)]
}

export const parameterNames = (path: string): string[] => [...path.matchAll(/\{([^}+]+)\+?\}/g)].map((m) => m[1]!)

/** Path of the request: the route with its parameters filled in, or the client's own path where the route leaves it open. */
export function requestPath(wire: HttpWire, encode: (text: string) => string): string {
  const [, path] = splitRoute(wire.route)
  if (path === '$default') return wire.path.split('/').map(encode).join('/')
  return path.replace(/\{([^}+]+)(\+?)\}/g, (_all, name: string, greedy: string) => {
    const value = wire.pathParameters[name] ?? (greedy ? wire.path.slice(1) : '')
    return greedy ? value.split('/').map(encode).join('/') : encode(value)
  })
}

const TYPES: Readonly<Record<HttpBody['kind'], string | undefined>> = {
  none: undefined,
  text: 'text/plain',
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  binary: 'application/octet-stream',
}

/** Body text as the function gets it, before base64. */
export function bodyText(body: HttpBody): string | undefined {
  switch (body.kind) {
    case 'none':
      return undefined
    case 'json':
      return JSON.stringify(body.value)
    case 'form':
      return new URLSearchParams(body.fields).toString()
    default:
      return body.text
  }
}

/** Request headers with those that follow from the rest, names as the client wrote them. */
export function requestHeaders(wire: HttpWire, host: string, style: (name: string) => string): [string, string[]][] {
  const text = bodyText(wire.body)
  const cookies = Object.entries(wire.cookies).map(([name, value]) => `${name}=${value}`)
  const given = Object.entries(wire.headers).map(([name, values]): [string, string[]] => [style(name), [...values]])
  const has = (name: string) => given.some(([key]) => key.toLowerCase() === name)
  const added: [string, string | undefined][] = [
    ['accept', '*/*'],
    ['content-type', TYPES[wire.body.kind]],
    ['content-length', text === undefined ? undefined : String(Buffer.byteLength(text))],
    ['cookie', cookies.length > 0 ? cookies.join('; ') : undefined],
    ['host', host],
    ['user-agent', wire.userAgent],
    ['x-forwarded-for', wire.service.sourceIp],
    ['x-forwarded-port', '443'],
    ['x-forwarded-proto', 'https'],
  ]
  for (const [name, value] of added) if (value !== undefined && !has(name)) given.push([style(name), [value]])
  return given
}

export const queryString = (wire: HttpWire): string =>
  Object.entries(wire.query)
    .flatMap(([name, values]) => values.map((value) => `${encode(name)}=${encode(value)}`))
    .join('&')

/** encodeURIComponent that does not throw on lone surrogates. */
export const encode = (text: string): string => encodeURIComponent(text.toWellFormed())

/** Puts what the handler looked for where a client (or, for claims, the identity provider) could have put it. */
export function httpSupply(wire: Json, pointer: string, value: Json, routesKnown: boolean): Json | undefined {
  const body = /^\/body(?:#base64)?(?:#(json|form))?(\/.*)?$/.exec(pointer)
  if (body !== null) return supplyBody(wire, body[1], body[2] ?? '', value)
  const [where, name, ...rest] = tokensOf(pointer)
  // The whole map is absent: any parameter makes it appear, and what is looked for in it shows next.
  if (name === undefined && /^(?:multiValueQ|q)ueryStringParameters$/.test(where ?? '')) return setAt(wire, '/query/q', [SLOT])
  if (name === undefined && where !== 'cookies') return undefined
  const text = typeof value === 'string' ? value : SLOT
  switch (where) {
    case 'queryStringParameters':
    case 'multiValueQueryStringParameters':
      return setAt(wire, `/query/${escape(name!)}`, [text])
    case 'headers':
    case 'multiValueHeaders':
      return supplyHeader(wire, name!, text)
    case 'cookies':
      return setAt(wire, '/cookies/session', text)
    case 'pathParameters':
      return supplyPathParameter(wire, name!, text, routesKnown)
    case 'stageVariables':
      return setAt(wire, `/stageVariables/${escape(name!)}`, 'prod')
    case 'requestContext':
      return rest.length > 1 && name === 'authorizer' ? setAt(wire, `/claims/${escape(rest.at(-1)!)}`, 'user-1') : undefined
    default:
      return undefined
  }
}

function supplyBody(wire: Json, form: string | undefined, path: string, value: Json): Json | undefined {
  if (form === undefined) return setAt(wire, '/body', { kind: 'json', value: {} })
  const kind = getAt(wire, '/body/kind')
  if (form === 'form') {
    const fields = kind === 'form' ? getAt(wire, '/body/fields') : {}
    return setAt(wire, '/body', { kind: 'form', fields: { ...(fields as JsonObject), [tokensOf(path)[0] ?? '']: SLOT } })
  }
  if (kind !== 'json') return undefined
  const before = getAt(wire, '/body/value')
  return setAt(wire, `/body/value${path}`, value) === wire || !isJsonObject(before) ? undefined : setAt(wire, `/body/value${path}`, value)
}

function supplyHeader(wire: Json, name: string, text: string): Json | undefined {
  const lower = name.toLowerCase()
  if (['content-type', 'content-length', 'host', 'accept', 'user-agent'].includes(lower)) return undefined
  if (lower === 'cookie') return setAt(wire, '/cookies/session', text)
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/.test(name)) return undefined
  return setAt(wire, `/headers/${escape(lower)}`, [lower === 'authorization' ? `Bearer ${text}` : text])
}

function supplyPathParameter(wire: Json, name: string, text: string, routesKnown: boolean): Json | undefined {
  const http = wireOf(wire)
  const [method, path] = splitRoute(http.route)
  if (parameterNames(path).includes(name)) return setAt(wire, `/pathParameters/${escape(name)}`, text)
  if (routesKnown || !/^[\w-]{1,40}$/.test(name)) return undefined
  const base = path === '$default' ? '' : path.replace(/\/\{[^}]+\+\}$/, '').replace(/\/$/, '')
  const parameter = name === 'proxy' ? '{proxy+}' : `{${name}}`
  return setAt(setAt(wire, '/route', `${method} ${base}/${parameter}`), `/pathParameters/${escape(name)}`, text)
}

const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('#', '~2')

/** A curl command for the same request. `BASE` is the stage's invoke URL, which only the owner knows. */
export function httpRecipe(wire: Json, path: string): readonly string[] {
  const http = wireOf(wire)
  const query = queryString(http)
  const parts = ['curl', '--path-as-is', '-X', http.method]
  for (const [name, values] of Object.entries(http.headers)) for (const value of values) parts.push('-H', shellWord(`${name}: ${value}`))
  if (http.userAgent !== '') parts.push('-A', shellWord(http.userAgent))
  const cookies = Object.entries(http.cookies).map(([name, value]) => `${name}=${value}`)
  if (cookies.length > 0) parts.push('-b', shellWord(cookies.join('; ')))
  const text = bodyText(http.body)
  if (text !== undefined) parts.push('-H', shellWord(`content-type: ${TYPES[http.body.kind] ?? 'text/plain'}`), '--data-raw', shellWord(text))
  return [`${parts.join(' ')} "$BASE"${shellWord(path + (query === '' ? '' : `?${query}`))}`]
}
