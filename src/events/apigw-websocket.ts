import { setAt } from '../generate/index.js'
import { type EventSource, getAt, isJsonObject, type Json, type JsonObject, SLOT, type Trigger } from '../model/index.js'
import { socketOf } from './capture/websocket.js'
import { ACCOUNT, EPOCH, logTime, REGION } from './envelope.js'
import { bodyText, type HttpBody } from './http-body.js'
import { authorizerV1, identityGiven } from './http-identity.js'
import { httpSupply } from './http-supply.js'
import { type HttpWire, queryParameters, queryString, requestHeaders, userAgentOf } from './http-wire.js'
import { readEventSchema } from './read-schema.js'
import { shellWord } from './shell-words.js'

interface Common {
  readonly claims?: Readonly<Record<string, string>>
  readonly service: Omit<HttpWire['service'], 'stage'> & {
    readonly stage: string
    readonly connectionId: string
    readonly messageId: string
    readonly connectedAt: number
  }
}
type Connect = Common & Pick<HttpWire, 'query' | 'headers' | 'userAgent' | 'cookies'> & { readonly kind: 'connect' }
type Message = Common & { readonly kind: 'message'; readonly route: string; readonly body: HttpBody }
type Disconnect = Common & { readonly kind: 'disconnect'; readonly statusCode: number; readonly reason: string }
type SocketWire = Connect | Message | Disconnect

const wireOf = (wire: Json): SocketWire => wire as unknown as SocketWire

/** What a client of a WebSocket API does: connects, sends messages, disconnects. */
export const apigwWebsocket: EventSource = {
  id: 'apigw-websocket',
  service: 'API Gateway WebSocket API',
  contract: 'websocket',
  get schema() {
    return readEventSchema('apigw-websocket')
  },
  templates,
  honour,
  toEvent,
  fromEvent: socketOf,
  supply,
  given: identityGiven,
  recipe,
}

const SERVICE = {
  requestId: 'JKJaXmPLvHcESHA=',
  connectionId: 'JKJaXcPLvHcCFxQ=',
  messageId: 'JKJaXePLvHcCFxU=',
  timeEpoch: EPOCH,
  connectedAt: EPOCH - 60_000,
  sourceIp: '192.0.2.1',
  apiId: 'a1b2c3d4e5',
  stage: 'prod',
  accountId: ACCOUNT,
}

function templates({ routes = ['$connect', '$default', '$disconnect'] }: Trigger): readonly Json[] {
  return routes.map((route): Json => {
    if (route === '$connect') return { kind: 'connect', query: {}, headers: {}, userAgent: SLOT, cookies: {}, service: SERVICE }
    if (route === '$disconnect') return { kind: 'disconnect', statusCode: 1001, reason: SLOT, service: SERVICE }
    return { kind: 'message', route, body: { kind: 'json', value: chosen(route, {}) }, service: SERVICE }
  })
}

/** What a message of a custom route says. AWS: most APIs choose by `$request.body.action`. */
const chosen = (route: string, value: JsonObject): JsonObject => (route === '$default' ? value : { action: route, ...value })

function honour(sample: Json, { routes, authorizer }: Trigger): Json {
  const { claims, ...wire } = wireOf(sample)
  const kept = claims === undefined || authorizer !== undefined ? wire : { ...wire, claims }
  const own = wire.kind === 'message' ? 'message' : `$${wire.kind}`
  const messages = routes?.filter((route) => route !== '$connect' && route !== '$disconnect')
  if (routes === undefined || routes.includes(own)) return kept as unknown as Json
  if (messages?.length === 0) return templates({ routes })[0] ?? sample
  const route = messages?.[wire.service.timeEpoch % messages.length] ?? '$default'
  const body: Json = wire.kind === 'message' ? (wire.body as unknown as Json) : { kind: 'json', value: {} }
  const value = isJsonObject(body) && isJsonObject(body['value']) ? chosen(route, body['value']) : chosen(route, {})
  return {
    kind: 'message',
    route,
    body: route === '$default' ? body : { kind: 'json', value },
    ...(claims === undefined || authorizer !== undefined ? {} : { claims }),
    service: wire.service,
  }
}

/** The handshake is an HTTP request, of which the other functions know how to read the parts. */
const handshake = (wire: Connect): HttpWire => ({
  ...wire,
  route: '$default',
  method: 'GET',
  path: '/',
  pathParameters: {},
  body: { kind: 'none' },
})

function toEvent(input: Json, trigger: Trigger): Json {
  const wire = wireOf(input)
  if (wire.kind === 'connect') return connectEvent(wire, trigger)
  if (wire.kind === 'message') {
    const { messageId } = wire.service
    const requestContext = contextOf(wire, trigger, wire.route, { messageId, eventType: 'MESSAGE' })
    return { requestContext, body: bodyText(wire.body) ?? '', isBase64Encoded: false }
  }
  const names = { Host: hostOf(wire), 'x-api-key': '', 'x-restapi': '' }
  return {
    headers: names,
    multiValueHeaders: Object.fromEntries(Object.entries(names).map(([name, value]) => [name, [value]])),
    requestContext: contextOf(wire, trigger, '$disconnect', {
      disconnectStatusCode: wire.statusCode,
      eventType: 'DISCONNECT',
      disconnectReason: wire.reason.toWellFormed(),
    }),
    isBase64Encoded: false,
  }
}

function connectEvent(wire: Connect, trigger: Trigger): Json {
  const request = handshake(wire)
  const headers = requestHeaders(request, hostOf(wire), (name) => name).filter(([name]) => name !== 'accept')
  const query = queryParameters(request)
  const all = Object.fromEntries([
    ...headers,
    ['Sec-WebSocket-Version', ['13']],
    ['Sec-WebSocket-Key', ['dGhlIHNhbXBsZSBub25jZQ==']],
  ])
  return {
    headers: lastOf(Object.entries(all)),
    multiValueHeaders: all,
    ...(query.length === 0
      ? {}
      : { queryStringParameters: lastOf(query), multiValueQueryStringParameters: Object.fromEntries(query) }),
    requestContext: contextOf(wire, trigger, '$connect', { eventType: 'CONNECT' }, userAgentOf(request)),
    isBase64Encoded: false,
  }
}

const lastOf = (entries: readonly (readonly [string, readonly string[]])[]): Record<string, string> =>
  Object.fromEntries(entries.map(([name, values]) => [name, values.at(-1) ?? '']))

const hostOf = ({ service }: Common): string => `${service.apiId}.execute-api.${REGION}.amazonaws.com`

function contextOf(wire: SocketWire, trigger: Trigger, routeKey: string, more: JsonObject, userAgent?: string): JsonObject {
  const { service } = wire
  return {
    routeKey,
    ...authorizerV1(wire, trigger),
    ...more,
    extendedRequestId: service.requestId,
    requestTime: logTime(service.timeEpoch),
    messageDirection: 'IN',
    stage: service.stage,
    connectedAt: service.connectedAt,
    requestTimeEpoch: service.timeEpoch,
    identity: { ...(userAgent === undefined ? {} : { userAgent }), sourceIp: service.sourceIp },
    requestId: service.requestId,
    domainName: hostOf(wire),
    connectionId: service.connectionId,
    apiId: service.apiId,
  }
}

function supply(wire: Json, pointer: string, value: Json, trigger: Trigger): Json | undefined {
  const { kind } = wireOf(wire)
  if (kind === 'message') {
    const path = /^\/body#json(\/.*)$/.exec(pointer)?.[1]
    return path !== undefined && isJsonObject(getAt(wire, '/body/value')) ? setAt(wire, `/body/value${path}`, value) : undefined
  }
  return kind === 'connect' &&
    /^\/(?:headers|multiValueHeaders|queryStringParameters|multiValueQueryStringParameters)\b/.test(pointer)
    ? httpSupply(wire, pointer, value, trigger)
    : undefined
}

/** `BASE` is the stage's `wss://` URL. */
function recipe(input: Json): readonly string[] {
  const wire = wireOf(input)
  if (wire.kind === 'message') return [`wscat -c "$BASE" -x ${shellWord(bodyText(wire.body) ?? '')}`]
  if (wire.kind === 'disconnect')
    return [`node -e ${shellWord(`new WebSocket(process.env.BASE).onopen = (e) => e.target.close(${closing(wire)})`)}`]
  const query = queryString(handshake(wire))
  const headers = Object.entries(wire.headers).flatMap(([name, values]) =>
    values.map((value) => `-H ${shellWord(`${name}: ${value}`)}`),
  )
  return [['wscat', '-c', `"$BASE"${query === '' ? '' : shellWord(`?${query}`)}`, ...headers].join(' ')]
}

// A client may close with 1000 or 3000 to 4999 only; other codes come from a lost connection.
const closing = ({ statusCode, reason }: Disconnect): string =>
  `${statusCode === 1000 || statusCode >= 3000 ? statusCode : 1000}, ${JSON.stringify(reason)}`
