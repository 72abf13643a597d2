import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { ACCOUNT, EPOCH } from '../envelope.js'
import type { HttpBody } from '../http-body.js'
import type { HttpWire } from '../http-wire.js'

/** Headers that the gateway adds, or that follow from the rest of the request. */
export const DERIVED =
  /^(?:host|content-length|cookie|user-agent|accept|via|x-forwarded-\w+|x-amzn-trace-id|x-amz-cf-id|cloudfront-.*)$/i

/** The request behind a captured event of payload format 2.0; undefined for another event. */
export function requestOfV2(event: Json): Json | undefined {
  // A request authorizer gets much the same, and says its type.
  if (!isJsonObject(event) || event['type'] !== undefined || isOfUrl(event)) return undefined
  return requestInV2(event)
}

/** The request behind a captured event of a function URL. */
export function requestOfUrl(event: Json): Json | undefined {
  if (!isJsonObject(event) || !isOfUrl(event)) return undefined
  const wire = requestInV2(event)
  if (wire === undefined) return undefined
  const { stageVariables: _variables, claims: _claims, service, ...request } = wire
  return { ...request, route: '$default', pathParameters: {}, service: { ...(service as JsonObject), stage: '$default' } }
}

/** A function URL and an HTTP API differ in their domain only. */
const isOfUrl = (event: JsonObject): boolean => /\.lambda-url\./.test(textOf(objectOf(event['requestContext'])['domainName'], ''))

/** The request behind what API Gateway sends in format 2.0, to a function or an authorizer. */
export function requestInV2(event: JsonObject): JsonObject | undefined {
  if (event['version'] !== '2.0' || typeof event['rawPath'] !== 'string') return undefined
  const context = objectOf(event['requestContext'])
  const http = objectOf(context['http'])
  const stage = textOf(context['stage'], '$default')
  const path = event['rawPath']
  const query = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(textOf(event['rawQueryString'], '')))
    query.set(name, [...(query.get(name) ?? []), value])
  return request(event, {
    route: textOf(event['routeKey'], '$default'),
    method: textOf(http['method'], 'GET'),
    path: stage !== '$default' && path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path,
    query: Object.fromEntries(query),
    headers: lists(objectOf(event['headers'])),
    cookies: Array.isArray(event['cookies']) ? event['cookies'].map(String) : [],
    sourceIp: textOf(http['sourceIp'], '192.0.2.1'),
    context: { ...context, stage },
  })
}

/** The request behind a captured event of a REST API; undefined for another event. */
export function requestOfV1(event: Json): Json | undefined {
  if (!isJsonObject(event) || event['type'] !== undefined || typeof event['resource'] !== 'string') return undefined
  const wire = requestInV1(event)
  const names = [...Object.keys(objectOf(event['headers'])), ...Object.keys(objectOf(event['multiValueHeaders']))]
  const asSent = [...new Set(names.filter((name) => /^[a-z][a-z0-9-]{0,40}$/.test(name)))].slice(0, 16)
  return wire === undefined || asSent.length === 0 ? wire : { ...wire, asSent }
}

/** The request behind a captured event of a load balancer. */
export function requestOfAlb(event: Json): Json | undefined {
  const context = isJsonObject(event) ? objectOf(event['requestContext']) : {}
  if (!isJsonObject(event) || !isJsonObject(context['elb'])) return undefined
  const query = { ...objectOf(event['queryStringParameters']), ...objectOf(event['multiValueQueryStringParameters']) }
  const wire = requestInV1({ ...event, resource: '/*', requestContext: {} })
  if (wire === undefined) return undefined
  const { claims: _claims, service, ...request } = wire
  return {
    ...request,
    route: 'ANY /*',
    multiValue: isJsonObject(event['multiValueHeaders']),
    path: plain(textOf(event['path'], '/')),
    query: Object.fromEntries(Object.entries(lists(query)).map(([name, values]) => [plain(name), values.map(plain)])),
    service: { ...(service as JsonObject), stage: '$default', targetGroup: 'lambda' },
  }
}

/** Text as it was before a client encoded it. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The request behind what API Gateway sends in format 1.0, to a function or an authorizer. */
export function requestInV1(event: JsonObject): JsonObject | undefined {
  if (typeof event['httpMethod'] !== 'string') return undefined
  const context = objectOf(event['requestContext'])
  const headers = { ...lists(objectOf(event['headers'])), ...lists(objectOf(event['multiValueHeaders'])) }
  return request(event, {
    route: `${event['httpMethod']} ${event['resource']}`,
    method: event['httpMethod'],
    path: textOf(event['path'], '/'),
    query: { ...lists(objectOf(event['queryStringParameters'])), ...lists(objectOf(event['multiValueQueryStringParameters'])) },
    headers,
    cookies: cookiePairs(headers),
    sourceIp: textOf(objectOf(context['identity'])['sourceIp'], '192.0.2.1'),
    context,
  })
}

interface Parts {
  readonly route: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, readonly string[]>>
  readonly headers: Readonly<Record<string, readonly string[]>>
  readonly cookies: readonly string[]
  readonly sourceIp: string
  readonly context: JsonObject
}

function request(event: JsonObject, parts: Parts): JsonObject {
  const { context, headers } = parts
  const agent = Object.entries(headers)
    .find(([name]) => name.toLowerCase() === 'user-agent')?.[1]
    .at(-1)
  const wire: HttpWire = {
    route: parts.route,
    method: parts.method,
    path: parts.path,
    pathParameters: Object.fromEntries(
      Object.entries(objectOf(event['pathParameters'])).map(([name, value]) => [name, String(value)]),
    ),
    query: parts.query,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !DERIVED.test(name))),
    ...(agent === undefined ? {} : { userAgent: agent }),
    cookies: pairsOf(parts.cookies),
    body: bodyOf(event, headers),
    ...(isJsonObject(event['stageVariables']) ? { stageVariables: texts(event['stageVariables']) } : {}),
    ...claimsOf(context),
    service: {
      requestId: textOf(context['requestId'], 'JKJaXmPLvHcESHA='),
      timeEpoch: Number(context['timeEpoch'] ?? context['requestTimeEpoch']) || EPOCH,
      sourceIp: parts.sourceIp,
      apiId: 'a1b2c3d4e5',
      stage: textOf(context['stage'], 'prod'),
      accountId: ACCOUNT,
    },
  }
  return wire as unknown as JsonObject
}

const pairsOf = (cookies: readonly string[]): Record<string, string> =>
  Object.fromEntries(cookies.filter((one) => one.includes('=')).map((one) => one.split(/=(.*)/s).slice(0, 2) as [string, string]))

const cookiePairs = (headers: Parts['headers']): readonly string[] =>
  (Object.entries(headers).find(([name]) => name.toLowerCase() === 'cookie')?.[1] ?? []).flatMap((one) => one.split(/; */))

/** Cookies of a request whose headers name them in one list. */
export const cookiesOf = (headers: Parts['headers']): Record<string, string> => pairsOf(cookiePairs(headers))

/** Claims of a JWT or Cognito authorizer. */
function claimsOf(context: JsonObject): Pick<HttpWire, 'claims'> | object {
  const authorizer = objectOf(context['authorizer'])
  const claims = objectOf(authorizer['jwt'])['claims'] ?? authorizer['claims']
  return isJsonObject(claims) ? { claims: texts(claims) } : {}
}

export const texts = (object: JsonObject): Record<string, string> =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )

export function bodyOf(event: JsonObject, headers: Parts['headers']): HttpBody {
  const raw = event['body']
  if (typeof raw !== 'string' || raw === '') return { kind: 'none' }
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1][0] ?? 'application/json'
  const isForm = type.startsWith('application/x-www-form-urlencoded')
  if (event['isBase64Encoded'] === true) {
    const bytes = Buffer.from(raw, 'base64')
    const text = bytes.toString('utf8')
    if (!Buffer.from(text).equals(bytes)) return { kind: 'bytes', base64: raw }
    return isForm ? formOf(text) : { kind: 'binary', text }
  }
  if (isForm) return formOf(raw)
  try {
    const value = JSON.parse(raw) as Json
    return typeof value === 'object' && value !== null ? { kind: 'json', value } : { kind: 'text', text: raw }
  } catch {
    return { kind: 'text', text: raw }
  }
}

const formOf = (text: string): HttpBody => ({ kind: 'form', fields: Object.fromEntries(new URLSearchParams(text)) })

export const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

export const textOf = (value: Json | undefined, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise

export const lists = (object: JsonObject): Record<string, string[]> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).map(String)]))
