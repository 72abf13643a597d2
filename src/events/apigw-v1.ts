import { setAt } from '../generate/index.js'
import type { EventSource, Json, JsonObject, Trigger } from '../model/index.js'
import { admitsRequest } from './admit-request.js'
import { requestOfV1 } from './capture/http.js'
import { logTime, REGION } from './envelope.js'
import { carriedBody } from './http-body.js'
import { authorizerV1, identityGiven, signerV1 } from './http-identity.js'
import { httpSupply } from './http-supply.js'
import {
  clientPath,
  decodedPath,
  encode,
  encodePath,
  type HttpWire,
  httpFixed,
  httpHonour,
  httpRecipe,
  httpTemplates,
  queryParameters,
  requestHeaders,
  requestPath,
  routeParameters,
  splitRoute,
  userAgentOf,
  wireOf,
} from './http-wire.js'
import { readEventSchema } from './read-schema.js'

/** REST API, payload format 1.0: absent values are null, `headers` holds the last of several values, paths stay encoded. */
export const apigwV1: EventSource = {
  id: 'apigw-v1',
  service: 'API Gateway REST API',
  contract: 'proxy-v1',
  get schema() {
    return readEventSchema('apigw-v1')
  },
  templates: (trigger) => httpTemplates(trigger, ['ANY /{proxy+}'], 'prod'),
  honour: (sample, trigger) => httpHonour(sample, trigger, 'ANY /{proxy+}'),
  toEvent,
  fromEvent: requestOfV1,
  admits: admitsRequest,
  supply,
  given: identityGiven,
  fixed: httpFixed,
  recipe: (wire) => httpRecipe(wire, requestPath(wireOf(wire), encode, encodePath)),
}

const canonical = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_all, dash: string, letter: string) => dash + letter.toUpperCase())

/** Over HTTP/1.1 names come as the client writes them: where the function looks for small letters, it writes small ones. */
function supply(wire: Json, pointer: string, value: Json, trigger: Trigger): Json | undefined {
  const made = httpSupply(wire, pointer, value, trigger)
  const name = /^\/(?:multiValueH|h)eaders\/([a-z][a-z0-9-]{0,40})$/.exec(pointer)?.[1]
  const { asSent = [], body } = wireOf(made ?? wire)
  if (name === undefined || OF_SERVICE.test(name) || asSent.includes(name)) return made
  // No request has a type without a body, whatever is looked for.
  if (made === undefined && !(name === 'user-agent' || (name === 'content-type' && body.kind !== 'none'))) return undefined
  return setAt(made ?? wire, '/asSent', [...asSent, name])
}

const OF_SERVICE = /^(?:host|via|x-forwarded-.*|x-amzn-.*|cloudfront-.*)$/

function toEvent(input: Json, trigger: Trigger): Json {
  const wire = wireOf(input)
  const domainName = `${wire.service.apiId}.execute-api.${REGION}.amazonaws.com`
  const headers = requestHeaders(wire, domainName, (name) => (wire.asSent?.includes(name) === true ? name : canonical(name)))
  const query = queryParameters(wire)
  const resource = resourceOf(wire)
  const path = requestPath(wire, encode, encodePath) || '/'
  return {
    resource,
    path,
    httpMethod: wire.method,
    headers: last(headers),
    multiValueHeaders: all(headers),
    queryStringParameters: orNull(last(query)),
    multiValueQueryStringParameters: orNull(all(query)),
    pathParameters: orNull(pathParameters(wire)),
    stageVariables: orNull(wire.stageVariables ?? {}),
    requestContext: contextOf(wire, trigger, { resource, path, domainName }),
    body: null,
    ...carriedBody(wire.body, isBinary(wire, headers, trigger)),
  }
}

/** A REST API hands bodies over as text, unless their type is one that it was told of; where we were not, bytes may be. */
function isBinary(
  { body }: HttpWire,
  headers: readonly (readonly [string, readonly string[]])[],
  { binaryMediaTypes }: Trigger,
): boolean {
  if (binaryMediaTypes === undefined) return body.kind === 'binary' || body.kind === 'bytes'
  const type =
    headers
      .find(([name]) => name.toLowerCase() === 'content-type')?.[1]
      .at(-1)
      ?.split(';')[0]
      ?.trim()
      .toLowerCase() ?? ''
  const wanted = [type, `${type.split('/')[0]}/*`, '*/*']
  return binaryMediaTypes.some((one) => wanted.includes(one.toLowerCase()))
}

function resourceOf(wire: HttpWire): string {
  const path = splitRoute(wire.route)[1]
  return path === '$default' ? '/{proxy+}' : path
}

function pathParameters(wire: HttpWire): Record<string, string> {
  const resource = resourceOf(wire)
  const greedy = /\{([^}]+)\+\}/.exec(resource)?.[1]
  const entries = routeParameters(wire).filter(([name]) => resource.includes(`{${name}}`) || resource.includes(`{${name}+}`))
  if (greedy !== undefined && !Object.hasOwn(wire.pathParameters, greedy)) entries.push([greedy, clientPath(wire)])
  return Object.fromEntries(entries.map(([name, value]) => [name, name === greedy ? decodedPath(value) : value]))
}

const NO_IDENTITY = [
  'cognitoIdentityPoolId',
  'accountId',
  'cognitoIdentityId',
  'caller',
  'principalOrgId',
  'accessKey',
  'cognitoAuthenticationType',
  'cognitoAuthenticationProvider',
  'userArn',
  'user',
]

interface Place {
  readonly resource: string
  readonly path: string
  readonly domainName: string
}

function contextOf(wire: HttpWire, trigger: Trigger, { resource, path, domainName }: Place): JsonObject {
  const { service } = wire
  return {
    resourceId: 'abc123',
    resourcePath: resource,
    httpMethod: wire.method,
    extendedRequestId: 'JKJaXmPLvHcESHA=',
    requestTime: logTime(service.timeEpoch),
    requestTimeEpoch: service.timeEpoch,
    path: `/${service.stage}${path}`,
    accountId: service.accountId,
    protocol: 'HTTP/1.1',
    stage: service.stage,
    domainPrefix: service.apiId,
    domainName,
    deploymentId: 'dep123',
    requestId: service.requestId,
    apiId: service.apiId,
    ...authorizerV1(wire, trigger),
    identity: {
      ...Object.fromEntries(NO_IDENTITY.map((name) => [name, null])),
      ...signerV1(trigger),
      sourceIp: service.sourceIp,
      userAgent: userAgentOf(wire) ?? null,
    },
  }
}

type Multi = readonly (readonly [string, readonly string[]])[]

const last = (entries: Multi): Record<string, string> =>
  Object.fromEntries(entries.map(([name, values]) => [name, values.at(-1) ?? '']))

const all = (entries: Multi): Record<string, readonly string[]> => Object.fromEntries(entries)

const orNull = (value: JsonObject): Json => (Object.keys(value).length === 0 ? null : value)
