import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { ACCOUNT, EPOCH } from '../envelope.js'
import type { HttpBody, HttpWire } from '../http-wire.js'

/** Headers that the gateway adds, or that follow from the rest of the request. */
const DERIVED =
  /^(?:host|content-length|cookie|user-agent|accept|via|x-forwarded-\w+|x-amzn-trace-id|x-amz-cf-id|cloudfront-.*)$/i

/** The request behind a captured event of payload format 2.0; undefined for another event. */
export function requestOfV2(event: Json): Json | undefined {
  // A request authorizer gets much the same, and says its type.
  if (!isJsonObject(event) || event['version'] !== '2.0' || event['type'] !== undefined) return undefined
  if (typeof event['rawPath'] !== 'string') return undefined
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
  if (!isJsonObject(event) || event['type'] !== undefined || typeof event['httpMethod'] !== 'string') return undefined
  if (typeof event['resource'] !== 'string') return undefined
  const context = objectOf(event['requestContext'])
  const headers = { ...lists(objectOf(event['headers'])), ...lists(objectOf(event['multiValueHeaders'])) }
  const cookie = Object.entries(headers).find(([name]) => name.toLowerCase() === 'cookie')?.[1] ?? []
  return request(event, {
    route: `${event['httpMethod']} ${event['resource']}`,
    method: event['httpMethod'],
    path: textOf(event['path'], '/'),
    query: { ...lists(objectOf(event['queryStringParameters'])), ...lists(objectOf(event['multiValueQueryStringParameters'])) },
    headers,
    cookies: cookie.flatMap((one) => one.split(/; */)),
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

function request(event: JsonObject, parts: Parts): Json {
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
    cookies: Object.fromEntries(parts.cookies.filter((one) => one.includes('=')).map((one) => one.split(/=(.*)/s).slice(0, 2))),
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
  return wire as unknown as Json
}

/** Claims of a JWT or Cognito authorizer. */
function claimsOf(context: JsonObject): Pick<HttpWire, 'claims'> | object {
  const authorizer = objectOf(context['authorizer'])
  const claims = objectOf(authorizer['jwt'])['claims'] ?? authorizer['claims']
  return isJsonObject(claims) ? { claims: texts(claims) } : {}
}

const texts = (object: JsonObject): Record<string, string> =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )

function bodyOf(event: JsonObject, headers: Parts['headers']): HttpBody {
  const raw = event['body']
  if (typeof raw !== 'string' || raw === '') return { kind: 'none' }
  if (event['isBase64Encoded'] === true) return { kind: 'binary', text: Buffer.from(raw, 'base64').toString('utf8') }
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1][0] ?? 'application/json'
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { kind: 'form', fields: Object.fromEntries(new URLSearchParams(raw)) }
  try {
    const value = JSON.parse(raw) as Json
    return typeof value === 'object' && value !== null ? { kind: 'json', value } : { kind: 'text', text: raw }
  } catch {
    return { kind: 'text', text: raw }
  }
}

export const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

export const textOf = (value: Json | undefined, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise

const lists = (object: JsonObject): Record<string, string[]> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).map(String)]))
