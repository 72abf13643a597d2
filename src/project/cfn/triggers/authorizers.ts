import { type FileLine, isJsonObject, type Json, type JsonObject } from '../../../model/index.js'
import type { Edge } from '../edges.js'
import type { Resource, Stack } from '../stack.js'
import { entriesOf, isTrue, own, textOf, at as valueAt } from '../values.js'
import type { Authorizer } from './http-words.js'

/** AWS::ApiGateway::Authorizer: the function that it asks. */
export function* restAuthorizer(stack: Stack, { properties, at }: Resource): Generator<Edge> {
  const to = textOf(stack.resolve(properties['AuthorizerUri']))
  if (to !== undefined) yield authorizerEdge(to, stack.resolve(properties['Type']) === 'TOKEN' ? 'token' : '1.0', at)
}

/** AWS::ApiGatewayV2::Authorizer. */
export function* httpAuthorizer(stack: Stack, { properties, at }: Resource): Generator<Edge> {
  const to = textOf(stack.resolve(properties['AuthorizerUri']))
  if (to !== undefined) yield authorizerEdge(to, formatOf(stack.resolve(properties['AuthorizerPayloadFormatVersion'])), at)
}

/** What API Gateway sends an authorizer: a token, or a request in one of its formats. Undefined where that is not known. */
type Asked = 'token' | '1.0' | '2.0' | undefined

export const formatOf = (version: Json | undefined): Asked => {
  const text = String(version ?? '')
  return text.startsWith('1') ? '1.0' : text.startsWith('2') ? '2.0' : undefined
}

export const authorizerEdge = (to: string, asked: Asked, at: FileLine): Edge => ({
  to,
  kind: asked === 'token' ? 'authorizer-token' : 'authorizer-request',
  trigger: asked === 'token' || asked === undefined ? {} : { payloadFormat: asked },
  at,
})

/** What a method's or route's AuthorizationType and AuthorizerId say. */
export function authorizerOf(stack: Stack, properties: JsonObject): Authorizer | undefined {
  const type = textOf(stack.resolve(properties['AuthorizationType'])) ?? 'NONE'
  if (type === 'AWS_IAM') return 'iam'
  if (type === 'JWT') return 'jwt'
  if (type === 'COGNITO_USER_POOLS') return 'cognito'
  if (type !== 'CUSTOM') return isTrue(stack.resolve(properties['ApiKeyRequired'])) ? 'api-key' : 'none'
  const authorizer = stack.resources.get(textOf(stack.resolve(properties['AuthorizerId'])) ?? '')
  return authorizer !== undefined && stack.resolve(authorizer.properties['Type']) === 'TOKEN' ? 'lambda-token' : 'lambda-request'
}

/** Functions that the Auth of a SAM API names as authorizers. */
export function* samAuthorizers(stack: Stack, properties: JsonObject, isHttp: boolean, at: FileLine): Generator<Edge> {
  for (const [, one] of entriesOf(valueAt(auth(stack, properties), 'Authorizers'))) {
    const to = textOf(stack.resolve(own(one, 'FunctionArn')))
    const format = stack.resolve(own(one, 'AuthorizerPayloadFormatVersion'))
    const asked = isHttp ? formatOf(format) : isRequest(stack, one) ? '1.0' : 'token'
    if (to !== undefined) yield authorizerEdge(to, asked, stack.place(one, at))
  }
}

/** Who lets requests in: what the event says, else the API's default. Undefined where the template names an authorizer it does not have. */
export function samAuthorizer(stack: Stack, api: JsonObject, event: Json | undefined, isHttp: boolean): Authorizer | undefined {
  const ofApi = auth(stack, api)
  const ofEvent = stack.resolve(event)
  const name = textOf(own(ofEvent, 'Authorizer')) ?? textOf(stack.resolve(own(ofApi, 'DefaultAuthorizer')))
  if (name === undefined || name === 'NONE') {
    const byKey = own(ofEvent, 'ApiKeyRequired') ?? stack.resolve(own(ofApi, 'ApiKeyRequired'))
    return isTrue(byKey) ? 'api-key' : 'none'
  }
  if (name === 'AWS_IAM') return 'iam'
  const found = valueAt(ofApi, 'Authorizers', name)
  if (!isJsonObject(found)) return undefined
  if (found['UserPoolArn'] !== undefined) return 'cognito'
  if (found['FunctionArn'] === undefined) return isHttp ? 'jwt' : undefined
  return isHttp || isRequest(stack, found) ? 'lambda-request' : 'lambda-token'
}

/** Auth as written, so that an authorizer with an unknown part is still one. */
const auth = (stack: Stack, properties: JsonObject): Json | undefined => {
  const written = properties['Auth']
  const isIntrinsic = isJsonObject(written) && Object.keys(written).some((key) => key.startsWith('Fn::'))
  return isIntrinsic ? stack.resolve(written) : written
}

const isRequest = (stack: Stack, authorizer: Json): boolean => stack.resolve(own(authorizer, 'FunctionPayloadType')) === 'REQUEST'
