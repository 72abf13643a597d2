import type { EventSource, Json, JsonObject, Trigger } from '../model/index.js'
import { apigwV1 } from './apigw-v1.js'
import { apigwV2 } from './apigw-v2.js'
import { askedOf } from './capture/token.js'
import { REGION } from './envelope.js'
import { httpSupply } from './http-supply.js'
import { encode, type HttpWire, httpFixed, httpHonour, httpRecipe, httpTemplates, requestPath, wireOf } from './http-wire.js'
import { supplyToken, type Token, tokenTemplates, tokenText } from './jwt.js'
import { readEventSchema } from './read-schema.js'

type AskedWire = HttpWire & { readonly format: '1.0' | '2.0'; readonly token?: Token }

const asked = (wire: Json): AskedWire => wire as unknown as AskedWire

/** What stands for an identity source that a random event has none of. */
const ANY_TOKEN = 'a-token'

/** The request that a REST API (format 1.0) or an HTTP API (2.0) asks the authorizer about: everything but its body. */
export const authorizerRequest: EventSource = {
  id: 'authorizer-request',
  service: 'API Gateway Lambda authorizer',
  contract: 'authorizer',
  get schema() {
    return readEventSchema('authorizer-request')
  },
  templates,
  honour: (sample, trigger) => {
    const wire = httpHonour(sample, trigger, 'GET /items') as JsonObject
    const format = trigger.payloadFormat ?? wire['format'] ?? '1.0'
    const token = wire['token'] ?? (format === '2.0' ? { kind: 'opaque', scheme: '', value: ANY_TOKEN } : undefined)
    return { ...wire, body: { kind: 'none' }, format, ...(token === undefined ? {} : { token }) }
  },
  toEvent: (wire) => (asked(wire).format === '2.0' ? toHttp(wire) : toRest(wire)),
  fromEvent: askedOf,
  supply: (wire, pointer, value, trigger) =>
    supplyToken(
      wire,
      pointer,
      /^\/(?:headers\/[Aa]uthorization|multiValueHeaders\/Authorization\/0|identitySource(?:\/0)?)/,
      value,
    ) ??
    (/^\/(?:body|requestContext)\b/.test(pointer) || /\/authorization$/i.test(pointer)
      ? undefined
      : httpSupply(wire, pointer, value, trigger)),
  // API Gateway refuses a request without its identity source, and asks nobody.
  admits: (event) => (event as JsonObject)['identitySource'] !== null,
  fixed: (wire) => ['/body', ...httpFixed(wire)],
  recipe: (wire) => httpRecipe(sent(wire), requestPath(wireOf(wire), encode)),
}

/** With each kind of token, in the formats that may be asked for. */
function templates(trigger: Trigger): readonly Json[] {
  const formats = trigger.payloadFormat === undefined ? (['1.0', '2.0'] as const) : [trigger.payloadFormat]
  const requests = httpTemplates({ routes: trigger.routes ?? ['GET /orders/{id}'] }, [], 'prod') as readonly JsonObject[]
  return formats.flatMap((format) =>
    requests.flatMap((request) => tokenTemplates.map((token) => ({ ...request, format, token, body: { kind: 'none' } }))),
  )
}

/** The request with its token where clients put it. */
function sent(wire: Json): Json {
  const { token, headers } = asked(wire)
  if (token === undefined) return wire
  return { ...(wire as JsonObject), headers: { ...(headers as unknown as JsonObject), authorization: [tokenText(token)] } }
}

const arnOf = ({ service, method, route, ...wire }: HttpWire): string =>
  `arn:aws:execute-api:${REGION}:${service.accountId}:${service.apiId}/${service.stage}/${method}${requestPath({ ...wire, service, method, route }, encode)}`

function toRest(wire: Json): Json {
  const { body: _body, isBase64Encoded: _base64, ...event } = apigwV1.toEvent(sent(wire), { authorizer: 'none' }) as JsonObject
  const { headers, multiValueHeaders } = event
  const maps = ['queryStringParameters', 'multiValueQueryStringParameters', 'pathParameters', 'stageVariables']
  return {
    type: 'REQUEST',
    methodArn: arnOf(asked(wire)),
    ...event,
    headers: headers ?? {},
    multiValueHeaders: multiValueHeaders ?? {},
    // Here, unlike in the request itself, what is absent is empty.
    ...Object.fromEntries(maps.map((name) => [name, event[name] ?? {}])),
  }
}

function toHttp(wire: Json): Json {
  const { isBase64Encoded: _base64, version, ...event } = apigwV2.toEvent(sent(wire), { authorizer: 'none' }) as JsonObject
  const { token } = asked(wire)
  return {
    version: version ?? '2.0',
    type: 'REQUEST',
    routeArn: arnOf(asked(wire)),
    identitySource: token === undefined ? null : [tokenText(token)],
    ...event,
  }
}
