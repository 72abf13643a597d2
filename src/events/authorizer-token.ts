import { type EventSource, type Json, SLOT } from '../model/index.js'
import { tokenOf } from './capture/token.js'
import { ACCOUNT, REGION } from './envelope.js'
import { supplyToken, type Token, tokenTemplates, tokenText } from './jwt.js'
import { readEventSchema } from './read-schema.js'
import { shellWord } from './shell-words.js'

interface AuthorizerWire {
  readonly token: Token
  readonly method: string
  readonly path: string
  readonly service: { readonly apiId: string; readonly stage: string; readonly accountId: string }
}

/** The token header of a request that API Gateway asks the authorizer about. */
export const authorizerToken: EventSource = {
  id: 'authorizer-token',
  service: 'API Gateway Lambda authorizer',
  contract: 'authorizer',
  get schema() {
    return readEventSchema('authorizer-token')
  },
  templates: () =>
    tokenTemplates.map((token) => ({
      token,
      method: 'GET',
      path: `orders/${SLOT}`,
      service: { apiId: 'a1b2c3d4e5', stage: 'prod', accountId: ACCOUNT },
    })),
  honour: (sample) => sample,
  toEvent,
  fromEvent: tokenOf,
  supply: (wire, pointer, value) => supplyToken(wire, pointer, /^\/authorizationToken/, value),
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
