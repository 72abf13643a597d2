import type { JsonObject } from '../model/index.js'

/** Ways in which nobody has signed a token: the algorithm says so, the signature is left out, or it is of no key (of a pair, or shared). */
export const FORGERIES = ['unsigned', 'bare', 'forged', 'hashed'] as const
export type Forgery = (typeof FORGERIES)[number]

const HEADERS: Readonly<Record<Forgery, JsonObject>> = {
  unsigned: { alg: 'none', typ: 'JWT' },
  bare: { alg: 'HS256', typ: 'JWT' },
  forged: { alg: 'RS256', typ: 'JWT', kid: 'key-1' },
  hashed: { alg: 'HS256', typ: 'JWT' },
}

/** A JSON Web Token that says to be of somebody whom `marker` names, with the claims that functions ask for. */
export function forgedToken(kind: Forgery, marker: string): string {
  const signature = kind === 'forged' || kind === 'hashed' ? Buffer.from(marker.repeat(4)).toString('base64url') : ''
  return `${part(HEADERS[kind])}.${part(claimsOf(marker))}.${signature}`
}

const part = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const NAMES = 'sub id userId user_id uid username name email tenantId tenant_id tenant orgId org_id accountId cognito:username'

/** 2026 and 2096; rights as they are usually named. */
const RIGHTS: JsonObject = {
  role: 'admin',
  roles: ['admin'],
  groups: ['admin'],
  'cognito:groups': ['admin'],
  scope: 'admin read write',
  permissions: ['admin', 'read', 'write'],
  admin: true,
  isAdmin: true,
  token_use: 'access',
  iat: 1_767_225_600,
  exp: 3_976_214_400,
}

export const claimsOf = (marker: string): JsonObject => ({
  ...Object.fromEntries(NAMES.split(' ').map((name) => [name, name === 'email' ? `${marker}@example.invalid` : marker])),
  ...RIGHTS,
})
