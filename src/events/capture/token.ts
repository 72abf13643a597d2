import { isJsonObject, type Json } from '../../model/index.js'
import { ACCOUNT } from '../envelope.js'
import { SLOT } from '../slot.js'

/** The request behind a captured token authorizer event. The token itself is never kept: only its shape. */
export function tokenOf(event: Json): Json | undefined {
  if (!isJsonObject(event) || event['type'] !== 'TOKEN' || typeof event['authorizationToken'] !== 'string') return undefined
  const [, scheme = '', value = ''] = /^(\S+ )?(.*)$/s.exec(event['authorizationToken']) ?? []
  const [, , , method = 'GET', ...path] = String(event['methodArn'] ?? '')
    .split('/')
    .map((part, i) => (i === 0 ? '' : part))
  return {
    token: jwtOf(scheme, value) ?? { kind: 'opaque', scheme, value: SLOT },
    method: /^[A-Z]+$/.test(method) ? method : 'GET',
    path: path.join('/') || `orders/${SLOT}`,
    service: { apiId: 'a1b2c3d4e5', stage: 'prod', accountId: ACCOUNT },
  }
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
