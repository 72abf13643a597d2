import { setAt } from '../generate/index.js'
import type { EventSource, Json, JsonObject, Trigger } from '../model/index.js'
import { apigwV2 } from './apigw-v2.js'
import { requestOfUrl } from './capture/http.js'
import { REGION, UUID } from './envelope.js'
import { signerV2 } from './http-identity.js'
import { httpSupply } from './http-supply.js'
import { benignRequest, bodiless, encode, httpRecipe, requestPath, unasked, wireOf } from './http-wire.js'
import { readEventSchema } from './read-schema.js'

/** A URL of the function's own: payload format 2.0 without routes and stages, and nobody but IAM in front of it. */
export const functionUrl: EventSource = {
  id: 'function-url',
  service: 'Lambda function URL',
  contract: 'proxy-v2',
  get schema() {
    return readEventSchema('function-url')
  },
  templates: () => ['GET', 'POST'].map((method) => benignRequest('$default', method, '$default', UUID)),
  honour: (sample) => bodiless(unasked(wireOf(sample))) as unknown as Json,
  toEvent,
  fromEvent: requestOfUrl,
  supply: (wire, pointer, value, trigger) => {
    const signed = /^\/requestContext\/authorizer(?:\/iam(\/userArn|\/userId)?)?$/.exec(pointer)
    if (signed !== null && trigger.authorizer === undefined) return setAt(wire, '/signer', { userId: 'AIDAEXAMPLE' })
    return /^\/(?:pathParameters|stageVariables|requestContext)\b/.test(pointer)
      ? undefined
      : httpSupply(wire, pointer, value, trigger)
  },
  recipe: (wire) => httpRecipe(wire, requestPath(wireOf(wire), encode)),
}

function toEvent(wire: Json, trigger: Trigger): Json {
  const { requestContext, headers, ...event } = apigwV2.toEvent(wire, { authorizer: 'none' }) as JsonObject
  const domainName = `${wireOf(wire).service.apiId}.lambda-url.${REGION}.on.aws`
  return {
    ...event,
    headers: { ...(headers as JsonObject), host: domainName },
    requestContext: {
      ...(requestContext as JsonObject),
      ...(trigger.authorizer === 'iam' || wireOf(wire).signer !== undefined
        ? { authorizer: { iam: signerV2 } }
        : { accountId: 'anonymous' }),
      domainName,
    },
  }
}
