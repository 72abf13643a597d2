import {
  type FileLine,
  isJsonObject,
  type Json,
  type JsonObject,
  type RequestValidator,
  type Trigger,
} from '../../../model/index.js'
import type { Edge } from '../edges.js'
import { withGlobals } from '../globals.js'
import { loadBeside } from '../include.js'
import type { Resolver } from '../resolver.js'
import type { Resource, Stack } from '../stack.js'
import { isTrue, listOf, own, textOf, at as valueAt } from '../values.js'
import { samAuthorizer, samAuthorizers } from './authorizers.js'
import { mediaTypesOf, parameterOf, routeOf, withAuthorizer } from './http-words.js'
import { openApiEdges } from './openapi.js'
import { withDefinitions } from './openapi-validator.js'

type ApiType = 'AWS::Serverless::Api' | 'AWS::Serverless::HttpApi'
const HTTP: ApiType = 'AWS::Serverless::HttpApi'

/** AWS::Serverless::Api: its OpenAPI document and its authorizers. Events stand with the functions. */
export const serverlessApi = (stack: Stack, resource: Resource): Iterable<Edge> => apiEdges(stack, resource, false)
export const serverlessHttpApi = (stack: Stack, resource: Resource): Iterable<Edge> => apiEdges(stack, resource, true)

function* apiEdges(stack: Stack, { id, properties, at }: Resource, isHttp: boolean): Generator<Edge> {
  yield* samAuthorizers(stack, properties, isHttp, at)
  const resolver = stack.resolver()
  const document = resolver.value(properties['DefinitionBody'] ?? definitionFile(stack, properties, at))
  if (document === undefined) return
  const authorizer = samAuthorizer(stack, properties, undefined, isHttp)
  const binaryMediaTypes = resolver.value(properties['BinaryMediaTypes'])
  yield* openApiEdges({ stack, document, api: stack.prefix + id, isHttp, at, authorizer, binaryMediaTypes })
}

function definitionFile(stack: Stack, properties: JsonObject, at: FileLine): Json | undefined {
  const uri = textOf(stack.resolve(properties['DefinitionUri']))
  if (uri === undefined || /^s3:/.test(uri)) return undefined
  const notes: string[] = []
  const found = loadBeside(stack.resolver(notes), uri)
  for (const note of notes) stack.problem(at.line, note)
  return found
}

/** A function's event of type Api or HttpApi. */
export function apiEvent(stack: Stack, to: string, event: JsonObject, at: FileLine, isHttp: boolean): Edge {
  const notes: string[] = []
  const resolver = stack.resolver(notes)
  const { id, properties } = apiOf(stack, event[isHttp ? 'ApiId' : 'RestApiId'], isHttp ? HTTP : 'AWS::Serverless::Api', resolver)
  const path = event['Path'] === undefined ? '$default' : resolver.text(event['Path'])
  const route = path === undefined ? undefined : routeOf(resolver.text(event['Method']) ?? 'any', path)
  const validator = isHttp || route === undefined ? undefined : validatorOf(resolver, event, properties)
  const trigger: Trigger = {
    ...(route === undefined ? {} : { routes: [route] }),
    ...(route === undefined || validator === undefined ? {} : { validators: { [route]: validator } }),
    ...withAuthorizer(samAuthorizer(stack, properties, event['Auth'], isHttp)),
    ...(isHttp ? {} : mediaTypesOf(stack.resolve(properties['BinaryMediaTypes']))),
  }
  const isV2 = isHttp && resolver.text(event['PayloadFormatVersion']) !== '1.0'
  return { to, kind: isV2 ? 'apigw-v2' : 'apigw-v1', trigger, at, api: stack.prefix + id, notes }
}

/** The API that an event names, else the implicit one, which Globals describe. */
function apiOf(
  stack: Stack,
  ref: Json | undefined,
  type: ApiType,
  resolver: Resolver,
): { readonly id: string; readonly properties: JsonObject } {
  const implicit = type === HTTP ? 'ServerlessHttpApi' : 'ServerlessRestApi'
  const id = ref === undefined ? implicit : (resolver.text(ref) ?? 'unknown')
  const resource = stack.resources.get(id)
  if (resource !== undefined) return resource
  return { id, properties: id === implicit ? withGlobals(stack.sections, type, {}) : {} }
}

/** RequestModel and RequestParameters count only where the event switches validation on. */
function validatorOf(resolver: Resolver, event: JsonObject, api: JsonObject): RequestValidator | undefined {
  const model = resolver.value(event['RequestModel'])
  const models = resolver.value(api['Models'])
  const schema = valueAt(models, textOf(own(model, 'Model')) ?? '')
  const body =
    isTrue(own(model, 'ValidateBody')) && isJsonObject(schema)
      ? withDefinitions(schema, { definitions: models ?? {} })
      : undefined
  const required = isTrue(own(model, 'ValidateParameters')) ? requiredIn(resolver.value(event['RequestParameters'])) : []
  if (body === undefined && required.length === 0) return undefined
  return { ...(body === undefined ? {} : { body }), ...(required.length === 0 ? {} : { required }) }
}

/** `- method.request.header.X` or `- method.request.header.X: { Required: true }`. */
const requiredIn = (parameters: Json | undefined): readonly string[] =>
  listOf(parameters).flatMap((one) =>
    isJsonObject(one)
      ? Object.entries(one).flatMap(([name, settings]) => (isTrue(own(settings, 'Required')) ? [parameterOf(name)] : []))
      : [],
  )
