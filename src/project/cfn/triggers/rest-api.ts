import { isJsonObject, type Json, type JsonObject, type RequestValidator, type Trigger } from '../../../model/index.js'
import type { Edge } from '../edges.js'
import { nameOf } from '../resource-names.js'
import type { Resource, Stack } from '../stack.js'
import { entriesOf, isTrue, own, textOf } from '../values.js'
import { authorizerOf } from './authorizers.js'
import { CUSTOM_INTEGRATION, mediaTypesOf, parameterOf, routeOf, withAuthorizer } from './http-words.js'
import { openApiEdges } from './openapi.js'

const DEEPEST = 30

/** AWS::ApiGateway::RestApi with an OpenAPI Body. */
export function* restApi(stack: Stack, resource: Resource): Generator<Edge> {
  const { id, properties, at } = resource
  const document = stack.resolve(properties['Body'])
  if (document === undefined) return
  const binaryMediaTypes = stack.resolve(properties['BinaryMediaTypes'])
  yield* openApiEdges({ stack, document, api: stack.prefix + id, isHttp: false, at, binaryMediaTypes })
}

/** AWS::ApiGateway::Method: a route, whose path is the chain of its resources. */
export function* method(stack: Stack, { properties, at }: Resource): Generator<Edge> {
  const notes: string[] = []
  const resolver = stack.resolver(notes)
  const integration = own(properties, 'Integration')
  const to = resolver.text(own(integration, 'Uri'))
  if (to === undefined) return
  const isProxy = textOf(resolver.value(own(integration, 'Type')))?.toUpperCase() !== 'AWS'
  const path = pathOf(stack, resolver.text(properties['ResourceId']))
  const route = path === undefined ? undefined : routeOf(resolver.text(properties['HttpMethod']) ?? 'ANY', path)
  const api = resolver.text(properties['RestApiId']) ?? ''
  const validator = validatorOf(stack, properties)
  const trigger: Trigger = {
    ...(route === undefined ? {} : { routes: [route] }),
    ...(route === undefined || validator === undefined ? {} : { validators: { [route]: validator } }),
    ...withAuthorizer(authorizerOf(stack, properties)),
    ...mediaTypesOf(stack.resolve(own(stack.resources.get(api)?.properties, 'BinaryMediaTypes'))),
  }
  const kind = isProxy ? 'apigw-v1' : 'apigw-custom'
  yield { to, kind, trigger, at, api: stack.prefix + api, notes: isProxy ? notes : [...notes, CUSTOM_INTEGRATION] }
}

/** `/orders/{id}`; undefined where the chain leaves the template. */
function pathOf(stack: Stack, id: string | undefined): string | undefined {
  const parts: string[] = []
  let next = id
  for (let depth = 0; depth < DEEPEST; depth++) {
    if (next === 'root') return `/${parts.join('/')}`
    const resource = next === undefined ? undefined : stack.resources.get(next)
    const part =
      resource?.type === 'AWS::ApiGateway::Resource' ? textOf(stack.resolve(resource.properties['PathPart'])) : undefined
    if (resource === undefined || part === undefined) return undefined
    parts.unshift(part)
    next = textOf(stack.resolve(resource.properties['ParentId']))
  }
  return undefined
}

function validatorOf(stack: Stack, properties: JsonObject): RequestValidator | undefined {
  const validator = stack.resources.get(textOf(stack.resolve(properties['RequestValidatorId'])) ?? '')?.properties
  const model = own(stack.resolve(properties['RequestModels']), 'application/json')
  const body = isTrue(stack.resolve(own(validator, 'ValidateRequestBody'))) ? modelSchema(stack, textOf(model)) : undefined
  const required = isTrue(stack.resolve(own(validator, 'ValidateRequestParameters')))
    ? requiredIn(stack.resolve(properties['RequestParameters']))
    : []
  if (body === undefined && required.length === 0) return undefined
  return { ...(body === undefined ? {} : { body }), ...(required.length === 0 ? {} : { required }) }
}

const requiredIn = (parameters: Json | undefined): readonly string[] =>
  entriesOf(parameters).flatMap(([name, required]) => (isTrue(required) ? [parameterOf(name)] : []))

/** The schema of AWS::ApiGateway::Model of that name, which may be a JSON text. */
function modelSchema(stack: Stack, name: string | undefined): JsonObject | undefined {
  const model = stack.ofType('AWS::ApiGateway::Model').find((one) => nameOf(stack, one) === name || one.id === name)
  const schema = stack.resolve(model?.properties['Schema'])
  if (typeof schema !== 'string') return isJsonObject(schema) ? schema : undefined
  try {
    const parsed: unknown = JSON.parse(schema)
    return isJsonObject(parsed) ? parsed : undefined
  } catch {
    stack.problem(model?.at.line ?? null, `The schema of ${model?.id} is no JSON`)
    return undefined
  }
}
