import { setAt } from '../generate/index.js'
import { type EventSource, getAt, isJsonObject, type Json, type JsonObject, readPackageJson } from '../model/index.js'
import { tokenOf } from './capture/token.js'
import { ACCOUNT, REGION } from './envelope.js'
import { shellWord } from './shell-words.js'
import { SLOT } from './slot.js'

type Token =
  | { readonly kind: 'opaque'; readonly scheme: string; readonly value: string }
  | {
      readonly kind: 'jwt'
      readonly scheme: string
      readonly header: JsonObject
      readonly claims: JsonObject
      readonly signature: string
    }

interface AuthorizerWire {
  readonly token: Token
  readonly method: string
  readonly path: string
  readonly service: { readonly apiId: string; readonly stage: string; readonly accountId: string }
}

const SIGNATURE = 'c2lnbmF0dXJlLW9mLWFuLWV4YW1wbGUtdG9rZW4tMDA'

/** The token header of a request that API Gateway asks the authorizer about. */
export const authorizerToken: EventSource = {
  id: 'authorizer-token',
  service: 'API Gateway Lambda authorizer',
  contract: 'authorizer',
  schema: readPackageJson('schemas/events/authorizer-token.schema.json'),
  templates: () => {
    const tokens: readonly Json[] = [
      { kind: 'opaque', scheme: 'Bearer ', value: SLOT },
      {
        kind: 'jwt',
        scheme: 'Bearer ',
        header: { alg: 'RS256', typ: 'JWT', kid: SLOT },
        claims: { sub: SLOT, exp: 4_000_000_000 },
        signature: SIGNATURE,
      },
      { kind: 'opaque', scheme: '', value: SLOT },
    ]
    return tokens.map((token) => ({
      token,
      method: 'GET',
      path: `orders/${SLOT}`,
      service: { apiId: 'a1b2c3d4e5', stage: 'prod', accountId: ACCOUNT },
    }))
  },
  honour: (sample) => sample,
  toEvent,
  fromEvent: tokenOf,
  supply,
  recipe: (wire) => {
    const { token, method, path } = wire as unknown as AuthorizerWire
    return [
      `curl --path-as-is -X ${shellWord(method)} -H ${shellWord(`authorization: ${tokenText(token)}`)} "$BASE"/${shellWord(path)}`,
    ]
  },
}

function toEvent(input: Json): Json {
  const { token, method, path, service } = input as unknown as AuthorizerWire
  return {
    type: 'TOKEN',
    authorizationToken: tokenText(token),
    methodArn: `arn:aws:execute-api:${REGION}:${service.accountId}:${service.apiId}/${service.stage}/${method}/${path}`,
  }
}

function tokenText(token: Token): string {
  // HTTP: blanks around a field value are not part of it.
  if (token.kind === 'opaque') return (token.scheme + token.value).replace(/^[ \t]+|[ \t]+$/g, '')
  const part = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${token.scheme}${part(token.header)}.${part(token.claims)}.${token.signature}`
}

/** `#part1` is the token's header, `#part2` its claims, when a scheme stands before it; one less without. */
function supply(wire: Json, pointer: string, value: Json): Json | undefined {
  const match = /^\/authorizationToken#part(\d)#base64#json(\/[^/]+)$/.exec(pointer)
  if (match === null || getAt(wire, '/token/kind') !== 'jwt') return undefined
  const first = getAt(wire, '/token/scheme') === '' ? 0 : 1
  const where = ['header', 'claims'][Number(match[1]) - first]
  if (where === undefined || !isJsonObject(getAt(wire, `/token/${where}`))) return undefined
  return setAt(wire, `/token/${where}${match[2]}`, value)
}
