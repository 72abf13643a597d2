import type { JsonObject, Trigger } from '../../../model/index.js'
import type { Edge } from '../edges.js'
import type { Resource, Stack } from '../stack.js'
import { entriesOf, own, textOf } from '../values.js'
import { authorizerOf } from './authorizers.js'
import { routeOf, withAuthorizer } from './http-words.js'
import { openApiEdges } from './openapi.js'

/** AWS::ApiGatewayV2::Api: with an OpenAPI Body, or quickly made for one Target. */
export function* httpApi(stack: Stack, { id, properties, at }: Resource): Generator<Edge> {
  const document = stack.resolve(properties['Body'])
  const api = stack.prefix + id
  if (document !== undefined) yield* openApiEdges({ stack, document, api, isHttp: true, at })
  const to = textOf(stack.resolve(properties['Target']))
  if (to === undefined) return
  const routes = [routeKey(textOf(stack.resolve(properties['RouteKey'])) ?? '$default')]
  yield { to, kind: 'apigw-v2', trigger: { routes, authorizer: 'none' }, at, api }
}

/** AWS::ApiGatewayV2::Route of an HTTP or WebSocket API. */
export function* route(stack: Stack, { properties, at }: Resource): Generator<Edge> {
  const target = textOf(stack.resolve(properties['Target']))
  const integration = stack.resources.get(target?.split('/').at(-1) ?? '')
  const to = textOf(stack.resolve(integration?.properties['IntegrationUri']))
  if (integration === undefined || to === undefined) return
  const notes: string[] = []
  const resolver = stack.resolver(notes)
  const api = resolver.text(properties['ApiId']) ?? ''
  const key = resolver.text(properties['RouteKey'])
  const kind = kindOf(stack, api, key, integration.properties)
  const routes = key === undefined ? {} : { routes: [kind === 'apigw-websocket' ? key : routeKey(key)] }
  const trigger: Trigger = { ...routes, ...withAuthorizer(authorizerOf(stack, properties)) }
  yield { to, kind, trigger, at, api: stack.prefix + api, notes }
}

function kindOf(stack: Stack, api: string, key: string | undefined, integration: JsonObject): string {
  const protocol = textOf(stack.resolve(own(stack.resources.get(api)?.properties, 'ProtocolType')))
  // `GET /x` and `$default` are HTTP; a WebSocket's keys are words that the client sends.
  const isSocket = protocol === undefined ? !/^\$default$|^[A-Z]+ \//.test(key ?? '$default') : protocol === 'WEBSOCKET'
  if (isSocket) return 'apigw-websocket'
  return textOf(stack.resolve(integration['PayloadFormatVersion']))?.startsWith('1') ? 'apigw-v1' : 'apigw-v2'
}

const routeKey = (key: string): string => {
  const space = key.indexOf(' ')
  return space < 0 ? key : routeOf(key.slice(0, space), key.slice(space + 1).trim())
}

/** AWS::Serverless::WebSocketApi. */
export function* webSocketApi(stack: Stack, { id, properties, at }: Resource): Generator<Edge> {
  for (const [name, one] of entriesOf(properties['Routes'])) {
    const to = textOf(stack.resolve(own(one, 'FunctionArn')))
    const key = textOf(stack.resolve(own(one, 'RouteKey'))) ?? name
    yield { to, kind: 'apigw-websocket', trigger: { routes: [key] }, at: stack.place(one, at), api: stack.prefix + id }
  }
}
