import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { invocation } from './rest-events.js'
import { addFor, arnOf, functionArn, type LambdaEvent, plainId } from './service.js'

const HTTP_API = 'HttpApi'
const WEBSOCKETS = 'WebsocketsApi'

/** `httpApi`: a route of the HTTP API of the service. */
export function httpApi(event: LambdaEvent): string {
  const shared = event.service.part('provider', 'httpApi').value
  const payload = String((isJsonObject(shared) ? shared['payload'] : undefined) ?? '2.0')
  const kind = payload === '1.0' ? 'apigw-v1' : 'apigw-v2'
  const route = routeOf(event)
  if (route === undefined) return kind
  addApi(event, HTTP_API, 'HTTP')
  const authorizer = isJsonObject(event.value) ? event.value['authorizer'] : undefined
  addRoute(event, HTTP_API, route, authorization(event, HTTP_API, authorizer, shared), { PayloadFormatVersion: payload })
  return kind
}

/** `websocket`: a route of the WebSocket API. */
export function websocket(event: LambdaEvent): string {
  const route = isJsonObject(event.value) ? event.value['route'] : event.value
  if (typeof route !== 'string') {
    event.note('the route of a websocket event is not known')
    return 'apigw-websocket'
  }
  addApi(event, WEBSOCKETS, 'WEBSOCKET')
  const authorizer = isJsonObject(event.value) ? event.value['authorizer'] : undefined
  addRoute(event, WEBSOCKETS, route, authorization(event, WEBSOCKETS, authorizer, null), {})
  return 'apigw-websocket'
}

function routeOf({ value, note }: LambdaEvent): string | undefined {
  if (value === '*') return '$default'
  if (typeof value === 'string' && /^\S+\s+\/\S*$/.test(value.trim())) return upperMethod(value.trim())
  if (isJsonObject(value) && value['path'] === '*') return '$default'
  if (isJsonObject(value) && typeof value['path'] === 'string') {
    const method = value['method'] === undefined || value['method'] === '*' ? 'ANY' : String(value['method'])
    return upperMethod(`${method} ${value['path']}`)
  }
  note('the route of an httpApi event is not known')
  return undefined
}

function upperMethod(route: string): string {
  const [method = '', path = ''] = route.split(/\s+/)
  return `${method === '*' ? 'ANY' : method.toUpperCase()} ${path}`
}

function addApi({ template, service, at }: LambdaEvent, id: string, protocol: string): void {
  const properties = { Name: service.prefix, ProtocolType: protocol }
  if (!template.has(id)) template.add(id, { Type: 'AWS::ApiGatewayV2::Api', Properties: properties }, at, { hidden: true })
}

function addRoute(event: LambdaEvent, api: string, route: string, authorization: JsonObject, more: JsonObject): void {
  const integration = addFor(event, 'AWS::ApiGatewayV2::Integration', {
    ApiId: { Ref: api },
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: api === HTTP_API ? arnOf(event.id) : invocation(arnOf(event.id)),
    ...more,
  })
  addFor(event, 'AWS::ApiGatewayV2::Route', {
    ApiId: { Ref: api },
    RouteKey: route,
    Target: { 'Fn::Join': ['/', ['integrations', { Ref: integration }]] },
    ...authorization,
  })
}

/** By name (of an authorizer of the provider, or of a function), by id, or `aws_iam`. */
function authorization(event: LambdaEvent, api: string, value: Json | undefined, shared: Json): JsonObject {
  if (value === undefined || value === null) return {}
  const settings: JsonObject = isJsonObject(value) ? value : { name: value }
  const named = String(settings['name'] ?? '')
  const authorizers = isJsonObject(shared) && isJsonObject(shared['authorizers']) ? shared['authorizers'] : {}
  const found = Object.hasOwn(authorizers, named) ? authorizers[named] : undefined
  const type = String(settings['type'] ?? (isJsonObject(found) ? (found['type'] ?? 'jwt') : 'request')).toLowerCase()
  if (type === 'aws_iam' || named.toLowerCase() === 'aws_iam') return { AuthorizationType: 'AWS_IAM' }
  const id = settings['id'] ?? { Ref: addAuthorizer(event, api, named, type, isJsonObject(found) ? found : settings) }
  return { AuthorizationType: type === 'request' ? 'CUSTOM' : 'JWT', AuthorizerId: id }
}

function addAuthorizer(event: LambdaEvent, api: string, name: string, type: string, settings: JsonObject): string {
  const id = `${api}Authorizer${plainId(name)}`
  if (event.template.has(id)) return id
  const target = functionArn(
    settings['functionArn'] ?? settings['arn'] ?? settings['functionName'] ?? settings['name'],
    event.functionKeys,
  )
  const properties: JsonObject =
    type === 'request'
      ? {
          AuthorizerType: 'REQUEST',
          AuthorizerUri: invocation(target),
          AuthorizerPayloadFormatVersion: settings['payloadVersion'] ?? '2.0',
        }
      : {
          AuthorizerType: 'JWT',
          JwtConfiguration: { Audience: settings['audience'] ?? [], Issuer: settings['issuerUrl'] ?? null },
        }
  const resource = { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { ApiId: { Ref: api }, ...properties } }
  return event.template.add(id, resource, event.at, { hidden: true })
}

/** `url: true` of a function: not an event, though it reads like one. */
export function functionUrl(event: LambdaEvent): string {
  const signed = isJsonObject(event.value) && String(event.value['authorizer'] ?? '').toLowerCase() === 'aws_iam'
  addFor(event, 'AWS::Lambda::Url', { TargetFunctionArn: arnOf(event.id), AuthType: signed ? 'AWS_IAM' : 'NONE' })
  return 'function-url'
}

/** `alb`: a rule of a load balancer's listener. */
export function alb(event: LambdaEvent): string {
  const settings = isJsonObject(event.value) ? event.value : {}
  const group = addFor(event, 'AWS::ElasticLoadBalancingV2::TargetGroup', {
    TargetType: 'lambda',
    Targets: [{ Id: arnOf(event.id) }],
    TargetGroupAttributes: [{ Key: 'lambda.multi_value_headers.enabled', Value: String(settings['multiValueHeaders'] === true) }],
  })
  addFor(event, 'AWS::ElasticLoadBalancingV2::ListenerRule', {
    ListenerArn: settings['listenerArn'] ?? null,
    Priority: settings['priority'] ?? null,
    Conditions: conditions(isJsonObject(settings['conditions']) ? settings['conditions'] : {}),
    Actions: [{ Type: 'forward', TargetGroupArn: { Ref: group } }],
  })
  return 'alb'
}

const list = (value: Json): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [value])

function conditions(wanted: JsonObject): readonly JsonObject[] {
  const names: Readonly<Record<string, [string, string]>> = {
    path: ['path-pattern', 'PathPatternConfig'],
    method: ['http-request-method', 'HttpRequestMethodConfig'],
    host: ['host-header', 'HostHeaderConfig'],
  }
  return Object.entries(names).flatMap(([key, [field, config]]) =>
    wanted[key] === undefined ? [] : [{ Field: field, [config]: { Values: list(wanted[key]) } }],
  )
}
