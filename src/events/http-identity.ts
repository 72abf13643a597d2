import { escapeToken, type JsonObject, type Trigger } from '../model/index.js'
import { ACCOUNT } from './envelope.js'
import type { HttpWire } from './http-wire.js'

type Identity = Pick<HttpWire, 'claims' | 'context' | 'signer'>

const USER = 'user-1'
const USER_ARN = `arn:aws:iam::${ACCOUNT}:user/${USER}`

/** `requestContext.authorizer` of a REST API: what the route's authorizer found out; nothing where it has none. */
export function authorizerV1({ claims, context }: Identity, { authorizer }: Trigger): JsonObject {
  switch (authorizer) {
    case 'cognito':
      return { authorizer: { claims: { sub: USER, 'cognito:username': USER, ...claims } } }
    case 'lambda-token':
    case 'lambda-request':
      return { authorizer: { principalId: USER, ...claims } }
    case 'none':
    case 'api-key':
    case 'iam':
      return {}
    default:
      if (context !== undefined) return { authorizer: { principalId: USER, ...context } }
      return claims === undefined ? {} : { authorizer: { claims } }
  }
}

/** `requestContext.authorizer` of an HTTP API. */
export function authorizerV2({ claims, context, signer }: Identity, { authorizer }: Trigger): JsonObject {
  switch (authorizer) {
    case 'jwt':
      return { authorizer: { jwt: { claims: { sub: USER, ...claims }, scopes: null } } }
    case 'lambda-token':
    case 'lambda-request':
      return { authorizer: { lambda: claims ?? null } }
    case 'iam':
      return { authorizer: { iam: signerV2 } }
    case 'none':
    case 'api-key':
      return {}
    default:
      if (signer !== undefined) return { authorizer: { iam: { ...signerV2, ...signer } } }
      if (context !== undefined) return { authorizer: { lambda: context } }
      return claims === undefined ? {} : { authorizer: { jwt: { claims, scopes: null } } }
  }
}

const SIGNER = { accessKey: 'AKIAEXAMPLE', accountId: ACCOUNT, principalOrgId: 'o-example', userArn: USER_ARN }

/** Whoever signed a request, in format 2.0. */
export const signerV2: JsonObject = { ...SIGNER, callerId: 'AIDAEXAMPLE', cognitoIdentity: null, userId: 'AIDAEXAMPLE' }

/** Whoever signed a request of a REST API, in `requestContext.identity`. */
export const signerV1 = ({ authorizer }: Trigger): JsonObject =>
  authorizer === 'iam' ? { ...SIGNER, caller: 'AIDAEXAMPLE', user: 'AIDAEXAMPLE' } : {}

/** Behind an authorizer that is known there is no request without what it says. */
export const identityGiven = ({ authorizer = 'none' }: Trigger): readonly string[] =>
  ['jwt', 'cognito', 'lambda-token', 'lambda-request'].includes(authorizer) ? ['/claims'] : []

/** Where in the wire input stands what the handler looked for below `requestContext.authorizer`; undefined where no such authorizer says it. */
export function identityPointer(path: readonly string[], { authorizer }: Trigger): string | undefined {
  const name = path.at(-1) ?? ''
  const at = `/claims/${escapeToken(name)}`
  switch (authorizer) {
    case 'lambda-token':
    case 'lambda-request':
      return path.length === 1 ? (name === 'lambda' || name === 'jwt' ? undefined : at) : path[0] === 'lambda' ? at : undefined
    case 'none':
    case 'api-key':
    case 'iam':
      return undefined
    case 'jwt':
    case 'cognito':
      return path.length > 1 ? at : undefined
    default:
      return asked(path)
  }
}

/** The authorizer that nothing declares is the one that the function reads: an identity provider's, or a Lambda's. */
function asked(path: readonly string[]): string | undefined {
  const [first = 'jwt', ...rest] = path
  if (first === 'iam') return '/signer/userId'
  if (first === 'lambda') return `/context/${escapeToken(rest[0] ?? 'principalId')}`
  if (first !== 'jwt' && first !== 'claims') return path.length === 1 ? `/context/${escapeToken(first)}` : undefined
  const name = path.at(-1)
  return `/claims/${escapeToken(name === undefined || name === 'jwt' || name === 'claims' ? 'sub' : name)}`
}
