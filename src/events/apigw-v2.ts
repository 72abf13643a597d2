import type { EventSource, Json, JsonObject, Trigger } from '../model/index.js'
import { requestOfV2 } from './capture/http.js'
import { logTime, REGION } from './envelope.js'
import { carriedBody, comesAsText } from './http-body.js'
import { authorizerV2, identityGiven } from './http-identity.js'
import { httpSupply } from './http-supply.js'
import {
  clientPath,
  cookieHeader,
  encode,
  type HttpWire,
  httpFixed,
  httpHonour,
  httpRecipe,
  httpTemplates,
  queryParameters,
  queryString,
  requestHeaders,
  requestPath,
  routeParameters,
  splitRoute,
  userAgentOf,
  wireOf,
} from './http-wire.js'
import { readEventSchema } from './read-schema.js'

/** HTTP API, payload format 2.0: absent values are omitted, duplicates joined by commas, header names lower case, paths decoded. */
export const apigwV2: EventSource = {
  id: 'apigw-v2',
  service: 'API Gateway HTTP API',
  contract: 'proxy-v2',
  get schema() {
    return readEventSchema('apigw-v2')
  },
  templates: (trigger) => httpTemplates(trigger, ['$default'], '$default'),
  honour: (sample, trigger) => httpHonour(sample, trigger, '$default'),
  toEvent,
  fromEvent: requestOfV2,
  supply: httpSupply,
  given: identityGiven,
  fixed: httpFixed,
  recipe: (wire) => httpRecipe(wire, requestPath(wireOf(wire), encode)),
}

function toEvent(input: Json, trigger: Trigger): Json {
  const wire = wireOf(input)
  const { service } = wire
  const prefix = service.stage === '$default' ? '' : `/${service.stage}`
  // AWS: the path arrives decoded and ends at a decoded question mark.
  const rawPath = prefix + (requestPath(wire, (text) => text).split('?')[0] ?? '')
  const domainName = `${service.apiId}.execute-api.${REGION}.amazonaws.com`
  const headers = requestHeaders(wire, domainName, (name) => name.toLowerCase()).filter(([name]) => name !== 'cookie')
  const type = headers.find(([name]) => name === 'content-type')?.[1].at(-1)
  return {
    version: '2.0',
    routeKey: routeKey(wire),
    rawPath: rawPath === '' ? '/' : rawPath,
    rawQueryString: queryString(wire),
    ...optional('cookies', cookieList(wire)),
    headers: joined(headers),
    ...optional('queryStringParameters', joined(queryParameters(wire))),
    requestContext: contextOf(wire, trigger, { path: rawPath === '' ? '/' : rawPath, domainName }),
    ...optional('pathParameters', pathParameters(wire)),
    ...optional('stageVariables', wire.stageVariables),
    ...carriedBody(wire.body, !comesAsText(type)),
  }
}

function contextOf(
  wire: HttpWire,
  trigger: Trigger,
  { path, domainName }: { readonly path: string; readonly domainName: string },
): JsonObject {
  const { service } = wire
  return {
    accountId: service.accountId,
    apiId: service.apiId,
    domainName,
    domainPrefix: service.apiId,
    ...authorizerV2(wire, trigger),
    http: { method: wire.method, path, protocol: 'HTTP/1.1', sourceIp: service.sourceIp, userAgent: userAgentOf(wire) ?? '' },
    requestId: service.requestId,
    routeKey: routeKey(wire),
    stage: service.stage,
    time: logTime(service.timeEpoch),
    timeEpoch: service.timeEpoch,
  }
}

const routeKey = (wire: HttpWire): string => (splitRoute(wire.route)[1] === '$default' ? '$default' : wire.route)

/** Every semicolon of the cookie header begins another cookie. */
const cookieList = (wire: HttpWire): string[] => (cookieHeader(wire) ?? '').split(';').flatMap((cookie) => cookie.trim() || [])

function pathParameters(wire: HttpWire): Record<string, string> {
  const path = splitRoute(wire.route)[1]
  const known = routeParameters(wire).filter(([name]) => path.includes(`{${name}}`) || path.includes(`{${name}+}`))
  const greedy = /\{([^}]+)\+\}/.exec(path)?.[1]
  if (greedy !== undefined && !Object.hasOwn(wire.pathParameters, greedy)) known.push([greedy, clientPath(wire)])
  return ownObject(known)
}

/** Duplicates are joined by commas. */
const joined = (entries: readonly (readonly [string, readonly string[]])[]): Record<string, string> =>
  ownObject(entries.map(([name, values]) => [name, values.join(',')]))

/** Object.fromEntries keeps `__proto__` as an own key. */
const ownObject = (entries: readonly (readonly [string, string])[]): Record<string, string> => Object.fromEntries(entries)

const optional = (key: string, value: JsonObject | readonly Json[] | undefined): JsonObject =>
  value === undefined || Object.keys(value).length === 0 ? {} : { [key]: value }
