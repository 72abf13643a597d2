import { type FileLine, isJsonObject, type Json, type Trigger } from '../../../model/index.js'
import type { Edge } from '../edges.js'
import type { Stack } from '../stack.js'
import { entriesOf, objectsOf, own, textOf, at as valueAt } from '../values.js'
import { authorizerEdge, formatOf } from './authorizers.js'
import { type Authorizer, CUSTOM_INTEGRATION, mediaTypesOf, routeOf, withAuthorizer } from './http-words.js'
import { dereference, validatorOf } from './openapi-validator.js'

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'x-amazon-apigateway-any-method'])

/** An OpenAPI document of an API, resolved. */
export interface OpenApi {
  readonly stack: Stack
  readonly document: Json
  /** The API that it belongs to: its routes become one trigger. */
  readonly api: string
  readonly isHttp: boolean
  readonly at: FileLine
  /** Of operations that name no security. */
  readonly authorizer?: Authorizer | undefined
  readonly binaryMediaTypes?: Json | undefined
}

/** Routes to functions and authorizers, from API Gateway's extensions of an OpenAPI document. */
export function* openApiEdges(open: OpenApi): Generator<Edge> {
  for (const [path, item] of entriesOf(own(open.document, 'paths'))) {
    for (const [method, operation] of entriesOf(item)) {
      if (!METHODS.has(method.toLowerCase())) continue
      const edge = operationEdge(open, path, method, item, operation)
      if (edge !== undefined) yield edge
    }
  }
  for (const [, scheme] of schemesOf(open.document)) {
    const authorizer = own(scheme, 'x-amazon-apigateway-authorizer')
    const to = textOf(own(authorizer, 'authorizerUri'))
    if (to === undefined) continue
    const format = formatOf(own(authorizer, 'authorizerPayloadFormatVersion'))
    const asked = open.isHttp ? format : own(authorizer, 'type') === 'token' ? 'token' : '1.0'
    yield authorizerEdge(to, asked, open.stack.place(scheme, open.at))
  }
}

function operationEdge(open: OpenApi, path: string, method: string, item: Json, operation: Json): Edge | undefined {
  const { document, stack, api, isHttp } = open
  const integration = dereference(document, own(operation, 'x-amazon-apigateway-integration'))
  const to = textOf(own(integration, 'uri'))
  if (to === undefined) return undefined
  const route = routeOf(method, path)
  const validator = isHttp ? undefined : validatorOf(document, item, operation)
  const isProxy = textOf(own(integration, 'type'))?.toLowerCase() !== 'aws'
  const trigger: Trigger = {
    routes: [route],
    ...(validator === undefined ? {} : { validators: { [route]: validator } }),
    ...withAuthorizer(securityOf(open, operation)),
    ...(isHttp ? {} : mediaTypesOf(open.binaryMediaTypes ?? own(document, 'x-amazon-apigateway-binary-media-types'))),
  }
  const isV2 = isHttp && textOf(own(integration, 'payloadFormatVersion'))?.startsWith('2')
  const kind = !isProxy ? 'apigw-custom' : isV2 ? 'apigw-v2' : 'apigw-v1'
  return { to, kind, trigger, at: stack.place(operation, open.at), api, ...(isProxy ? {} : { notes: [CUSTOM_INTEGRATION] }) }
}

/** `security` of the operation, else of the document, else what the API says. */
function securityOf({ document, authorizer }: OpenApi, operation: Json): Authorizer | undefined {
  const security = own(operation, 'security') ?? own(document, 'security')
  if (security === undefined) return authFallback(operation, authorizer)
  const names = objectsOf(security).flatMap((one) => Object.keys(one))
  if (names.length === 0) return 'none'
  const schemes = new Map(schemesOf(document))
  const found = names.map((name) => authorizerIn(schemes.get(name)))
  // A key beside an authorizer only counts usage.
  return found.find((one) => one !== undefined && one !== 'api-key') ?? found[0]
}

function authFallback(operation: Json, authorizer: Authorizer | undefined): Authorizer | undefined {
  const type = textOf(valueAt(operation, 'x-amazon-apigateway-auth', 'type'))?.toLowerCase()
  return type === 'aws_iam' ? 'iam' : type === 'none' ? 'none' : (authorizer ?? 'none')
}

function authorizerIn(scheme: Json | undefined): Authorizer | undefined {
  if (!isJsonObject(scheme)) return undefined
  if (textOf(scheme['x-amazon-apigateway-authtype'])?.toLowerCase() === 'awssigv4') return 'iam'
  const type = textOf(valueAt(scheme, 'x-amazon-apigateway-authorizer', 'type'))?.toLowerCase()
  switch (type) {
    case 'token':
      return 'lambda-token'
    case 'request':
      return 'lambda-request'
    case 'jwt':
      return 'jwt'
    case 'cognito_user_pools':
      return 'cognito'
    default:
      return scheme['type'] === 'apiKey' ? 'api-key' : undefined
  }
}

const schemesOf = (document: Json): readonly (readonly [string, Json])[] => [
  ...entriesOf(own(document, 'securityDefinitions')),
  ...entriesOf(valueAt(document, 'components', 'securitySchemes')),
]
