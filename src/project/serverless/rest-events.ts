import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { addFor, arnOf, functionArn, type LambdaEvent, plainId } from './service.js'

const API = 'ApiGatewayRestApi'
const VALIDATOR = 'ApiGatewayRequestValidator'

/** `http`: one method of the REST API of the service. */
export function http(event: LambdaEvent): string {
  const settings = settingsOf(event)
  if (settings === undefined) return 'apigw-v1'
  const integration = String(settings['integration'] ?? 'lambda-proxy')
    .toLowerCase()
    .replace('_', '-')
  const proxy = ['lambda-proxy', 'aws-proxy'].includes(integration)
  if (!proxy && !['lambda', 'aws'].includes(integration))
    event.note(`http integration ${integration} does not reach the function`)
  if (!proxy) event.note(`http integration ${integration} makes the event by a mapping template, which is not read`)
  addApi(event)
  const properties: Record<string, Json> = {
    RestApiId: { Ref: API },
    ResourceId: resourceFor(event, String(settings['path'] ?? '/')),
    HttpMethod: String(settings['method'] ?? 'any').toUpperCase(),
    ...authorization(event, settings['authorizer']),
    ...(settings['private'] === true ? { ApiKeyRequired: true } : {}),
    ...validation(event, settings['request']),
    Integration: { Type: proxy ? 'AWS_PROXY' : 'AWS', IntegrationHttpMethod: 'POST', Uri: invocation(arnOf(event.id)) },
  }
  addFor(event, 'AWS::ApiGateway::Method', properties)
  return 'apigw-v1'
}

/** `GET /orders` or `{ method, path }`. */
function settingsOf({ value, note }: LambdaEvent): JsonObject | undefined {
  if (isJsonObject(value) && typeof value['path'] === 'string') return value
  const [method, path] = typeof value === 'string' ? value.trim().split(/\s+/) : []
  if (method !== undefined && path !== undefined) return { method, path }
  note('the path of an http event is not known')
  return undefined
}

function addApi({ template, service, at }: LambdaEvent): void {
  if (template.has(API)) return
  const settings = service.part('provider', 'apiGateway').value
  const binary = isJsonObject(settings) ? settings['binaryMediaTypes'] : undefined
  const properties = { Name: service.prefix, ...(binary === undefined ? {} : { BinaryMediaTypes: binary }) }
  template.add(API, { Type: 'AWS::ApiGateway::RestApi', Properties: properties }, at, { hidden: true })
}

/** The resource of a path, made with those above it. */
function resourceFor({ template, at }: LambdaEvent, path: string): Json {
  let parent: Json = { 'Fn::GetAtt': [API, 'RootResourceId'] }
  let id = 'ApiGatewayResource'
  for (const part of path.split('/').filter((each) => each !== '')) {
    id += plainId(part.replace(/^\{(.*)\}$/, '$1Var')) || 'Empty'
    if (!template.has(id)) {
      const properties = { RestApiId: { Ref: API }, ParentId: parent, PathPart: part }
      template.add(id, { Type: 'AWS::ApiGateway::Resource', Properties: properties }, at, { hidden: true })
    }
    parent = { Ref: id }
  }
  return parent
}

/** The URI under which API Gateway invokes a function. */
export const invocation = (arn: Json): JsonObject => ({
  'Fn::Join': ['', ['arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/', arn, '/invocations']],
})

function authorization(event: LambdaEvent, value: Json | undefined): JsonObject {
  if (value === undefined || value === null) return {}
  const settings: JsonObject = isJsonObject(value) ? value : value === 'aws_iam' ? { type: 'AWS_IAM' } : { name: value }
  const type = String(settings['type'] ?? '').toUpperCase()
  if (type === 'AWS_IAM') return { AuthorizationType: 'AWS_IAM' }
  const arn = functionArn(settings['arn'] ?? settings['name'], event.functionKeys)
  const cognito = type === 'COGNITO_USER_POOLS' || /cognito-idp|UserPool/.test(JSON.stringify(arn))
  const authorizerId = settings['authorizerId'] ?? {
    Ref: addAuthorizer(event, settings, arn, cognito ? 'COGNITO_USER_POOLS' : type || 'TOKEN'),
  }
  return { AuthorizationType: cognito ? 'COGNITO_USER_POOLS' : 'CUSTOM', AuthorizerId: authorizerId }
}

function addAuthorizer({ template, at, functionKey }: LambdaEvent, settings: JsonObject, arn: Json, type: string): string {
  const name = String(settings['name'] ?? functionKey)
  const id = `${plainId(name)}${type === 'TOKEN' ? '' : plainId(type.toLowerCase())}ApiGatewayAuthorizer`
  if (template.has(id)) return id
  const who: JsonObject = type === 'COGNITO_USER_POOLS' ? { ProviderARNs: [arn] } : { AuthorizerUri: invocation(arn) }
  const source = settings['identitySource']
  const properties = {
    Type: type,
    RestApiId: { Ref: API },
    ...who,
    ...(source === undefined ? {} : { IdentitySource: source }),
  }
  return template.add(id, { Type: 'AWS::ApiGateway::Authorizer', Properties: properties }, at, { hidden: true })
}

const PARAMETERS: Readonly<Record<string, string>> = { querystrings: 'querystring', headers: 'header', paths: 'path' }

/** `request`: what API Gateway refuses before the function sees it. */
function validation(event: LambdaEvent, request: Json | undefined): JsonObject {
  if (!isJsonObject(request)) return {}
  const parameters = Object.fromEntries(
    Object.entries(PARAMETERS).flatMap(([group, place]) =>
      Object.entries(isJsonObject(request['parameters']) ? ((request['parameters'][group] ?? {}) as JsonObject) : {}).map(
        ([name, value]) => [
          `method.request.${place}.${name}`,
          isJsonObject(value) ? value['required'] !== false : value === true,
        ],
      ),
    ),
  )
  const schemas = request['schemas'] ?? request['schema']
  const models = isJsonObject(schemas) ? modelsOf(event, schemas) : {}
  const needed = Object.keys(models).length > 0 || Object.values(parameters).includes(true)
  if (needed) addValidator(event)
  return {
    RequestParameters: parameters,
    RequestModels: models,
    ...(needed ? { RequestValidatorId: { Ref: VALIDATOR } } : {}),
  }
}

function addValidator({ template, at }: LambdaEvent): void {
  const properties = { RestApiId: { Ref: API }, ValidateRequestBody: true, ValidateRequestParameters: true }
  if (!template.has(VALIDATOR))
    template.add(VALIDATOR, { Type: 'AWS::ApiGateway::RequestValidator', Properties: properties }, at, { hidden: true })
}

function modelsOf(event: LambdaEvent, schemas: JsonObject): JsonObject {
  const models: [string, Json][] = []
  for (const [contentType, named] of Object.entries(schemas)) {
    const schema = schemaOf(event, named)
    if (schema === undefined) event.note(`the request schema for ${contentType} is not known`)
    else
      models.push([
        contentType,
        { Ref: addFor(event, 'AWS::ApiGateway::Model', { RestApiId: { Ref: API }, ContentType: contentType, Schema: schema }) },
      ])
  }
  return Object.fromEntries(models)
}

/** A schema: written out, with a name around it, by the name of one of the provider's, or as a JSON text. */
function schemaOf({ service }: LambdaEvent, named: Json): JsonObject | undefined {
  if (isJsonObject(named)) return isJsonObject(named['schema']) ? named['schema'] : named
  if (typeof named !== 'string') return undefined
  const shared = service.part('provider', 'apiGateway', 'request', 'schemas', named).value
  if (isJsonObject(shared)) return isJsonObject(shared['schema']) ? shared['schema'] : shared
  try {
    const schema: unknown = JSON.parse(named)
    return isJsonObject(schema) ? schema : undefined
  } catch {
    return undefined // No JSON, so a name that nobody has.
  }
}
