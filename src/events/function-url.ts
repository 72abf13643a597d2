import type { EventSource, Json, JsonObject, Trigger } from '../model/index.js'
import { apigwV2 } from './apigw-v2.js'
import { requestOfUrl } from './capture/http.js'
import { ACCOUNT, EPOCH, REGION, UUID } from './envelope.js'
import { signerV2 } from './http-identity.js'
import { httpSupply } from './http-supply.js'
import { bodiless, encode, httpRecipe, requestPath, wireOf } from './http-wire.js'
import { readEventSchema } from './read-schema.js'
import { SLOT } from './slot.js'

/** A URL of the function's own: payload format 2.0 without routes and stages, and nobody but IAM in front of it. */
export const functionUrl: EventSource = {
  id: 'function-url',
  service: 'Lambda function URL',
  contract: 'proxy-v2',
  schema: readEventSchema('function-url'),
  templates: () => [template('GET', { kind: 'none' }), template('POST', { kind: 'json', value: {} })],
  honour: (sample) => bodiless(wireOf(sample)) as unknown as Json,
  toEvent,
  fromEvent: requestOfUrl,
  supply: (wire, pointer, value, trigger) =>
    /^\/(?:pathParameters|stageVariables|requestContext)\b/.test(pointer) ? undefined : httpSupply(wire, pointer, value, trigger),
  recipe: (wire) => httpRecipe(wire, requestPath(wireOf(wire), encode)),
}

const template = (method: string, body: Json): Json => ({
  route: '$default',
  method,
  path: `/${SLOT}`,
  pathParameters: {},
  query: {},
  headers: {},
  userAgent: SLOT,
  cookies: {},
  body,
  service: {
    requestId: UUID,
    timeEpoch: EPOCH,
    sourceIp: '192.0.2.1',
    apiId: 'a1b2c3d4e5',
    stage: '$default',
    accountId: ACCOUNT,
  },
})

function toEvent(wire: Json, trigger: Trigger): Json {
  const { requestContext, headers, ...event } = apigwV2.toEvent(wire, { authorizer: 'none' }) as JsonObject
  const domainName = `${wireOf(wire).service.apiId}.lambda-url.${REGION}.on.aws`
  return {
    ...event,
    headers: { ...(headers as JsonObject), host: domainName },
    requestContext: {
      ...(requestContext as JsonObject),
      ...(trigger.authorizer === 'iam' ? { authorizer: { iam: signerV2 } } : { accountId: 'anonymous' }),
      domainName,
    },
  }
}
