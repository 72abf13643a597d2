import { isJsonObject, type Json, type JsonObject, SLOT } from '../../model/index.js'
import { ACCOUNT } from '../envelope.js'
import { requestInV1, requestInV2 } from './http.js'

/** The request behind a captured token authorizer event. The token itself is never kept: only its shape. */
export function tokenOf(event: Json): Json | undefined {
  if (!isJsonObject(event) || event['type'] !== 'TOKEN' || typeof event['authorizationToken'] !== 'string') return undefined
  const [, , , method = 'GET', ...path] = String(event['methodArn'] ?? '')
    .split('/')
    .map((part, i) => (i === 0 ? '' : part))
  return {
    token: shapeOf(event['authorizationToken']),
    method: /^[A-Z]+$/.test(method) ? method : 'GET',
    path: path.join('/') || `orders/${SLOT}`,
    service: { apiId: 'a1b2c3d4e5', stage: 'prod', accountId: ACCOUNT },
  }
}

/** The request behind a captured request authorizer event; undefined for another, such as that of a WebSocket's handshake. */
export function askedOf(event: Json): Json | undefined {
  if (!isJsonObject(event) || event['type'] !== 'REQUEST') return undefined
  const format = event['version'] === '2.0' ? '2.0' : '1.0'
  const wire = format === '2.0' ? requestInV2(event) : requestInV1(event)
  if (wire === undefined) return undefined
  const { claims: _claims, service, ...request } = wire
  const headers = Object.entries(request['headers'] as Readonly<Record<string, readonly string[]>>)
  const isToken = ([name]: readonly [string, unknown]) => name.toLowerCase() === 'authorization'
  const token = headers.find(isToken)?.[1][0]
  return {
    ...request,
    format,
    headers: Object.fromEntries(headers.filter((one) => !isToken(one))) as JsonObject,
    ...(token === undefined ? {} : { token: shapeOf(token) }),
    body: { kind: 'none' },
    service: service ?? {},
  }
}

/** A token's shape: nothing that opens a door is kept. */
function shapeOf(text: string): Json {
  const [, scheme = '', value = ''] = /^(\S+ )?(.*)$/s.exec(text) ?? []
  return jwtOf(scheme, value) ?? { kind: 'opaque', scheme, value: SLOT }
}

function jwtOf(scheme: string, token: string): Json | undefined {
  const [header, claims] = token.split('.').map((part) => partOf(part))
  if (!isJsonObject(header) || !isJsonObject(claims)) return undefined
  // Who it was for is a person; who made it and for whom is configuration.
  const kept = Object.entries(claims).map(([name, value]) => [
    name,
    typeof value === 'string' && !/^(?:iss|aud|token_use|scope)$/.test(name) ? SLOT : value,
  ])
  return { kind: 'jwt', scheme, header: { ...header, kid: SLOT }, claims: Object.fromEntries(kept), signature: 'c2lnbmF0dXJl' }
}

function partOf(part: string): Json | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Json
  } catch {
    return undefined
  }
}
