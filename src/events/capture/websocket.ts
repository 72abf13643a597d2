import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { ACCOUNT, EPOCH } from '../envelope.js'
import { bodyOf, cookiesOf, DERIVED, lists, objectOf, textOf, texts } from './http.js'

/** What the client did behind a captured event of a WebSocket API; undefined for another event. */
export function socketOf(event: Json): Json | undefined {
  if (!isJsonObject(event) || event['type'] !== undefined) return undefined
  const context = objectOf(event['requestContext'])
  const authorizer = objectOf(context['authorizer'])['claims']
  const common = { ...(isJsonObject(authorizer) ? { claims: texts(authorizer) } : {}), service: serviceOf(context) }
  switch (context['connectionId'] === undefined ? undefined : context['eventType']) {
    case 'CONNECT':
      return { kind: 'connect', ...handshakeOf(event), ...common }
    case 'MESSAGE':
      return { kind: 'message', route: textOf(context['routeKey'], '$default'), body: messageOf(event), ...common }
    case 'DISCONNECT':
      return {
        kind: 'disconnect',
        statusCode: Number(context['disconnectStatusCode']) || 1_000,
        reason: textOf(context['disconnectReason'], ''),
        ...common,
      }
    default:
      return undefined
  }
}

function handshakeOf(event: JsonObject): JsonObject {
  const headers = { ...lists(objectOf(event['headers'])), ...lists(objectOf(event['multiValueHeaders'])) }
  const agent = Object.entries(headers)
    .find(([name]) => name.toLowerCase() === 'user-agent')?.[1]
    .at(-1)
  const sent = Object.entries(headers).filter(
    ([name]) => !DERIVED.test(name) && !/^(?:sec-websocket|connection$|upgrade$)/i.test(name),
  )
  return {
    query: { ...lists(objectOf(event['queryStringParameters'])), ...lists(objectOf(event['multiValueQueryStringParameters'])) },
    headers: Object.fromEntries(sent),
    ...(agent === undefined ? {} : { userAgent: agent }),
    cookies: cookiesOf(headers),
  }
}

function messageOf(event: JsonObject): Json {
  const body = bodyOf(event, {})
  return (body.kind === 'none' ? { kind: 'text', text: 'ping' } : body) as unknown as Json
}

const serviceOf = (context: JsonObject): JsonObject => ({
  requestId: 'JKJaXmPLvHcESHA=',
  connectionId: 'JKJaXcPLvHcCFxQ=',
  messageId: 'JKJaXePLvHcCFxU=',
  timeEpoch: EPOCH,
  connectedAt: EPOCH - 60_000,
  sourceIp: textOf(objectOf(context['identity'])['sourceIp'], '192.0.2.1'),
  apiId: 'a1b2c3d4e5',
  stage: textOf(context['stage'], 'prod'),
  accountId: ACCOUNT,
})
