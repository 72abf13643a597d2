import { isJsonObject, type Json } from '../../../model/index.js'
import type { Instance } from '../instance.js'
import { jsonOf } from '../json-text.js'
import { type Compilation, type Compiler, copied } from './compilation.js'

const api: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::ApiGateway::RestApi', {
    ...copied(instance, { Name: 'name', BinaryMediaTypes: 'binary_media_types' }),
    Body: instance.written('body') === null ? null : (jsonOf(instance.written('body')) ?? instance.written('body')),
  })

const resource: Compiler = (instance, compilation) =>
  compilation.add(
    instance,
    'AWS::ApiGateway::Resource',
    copied(instance, { RestApiId: 'rest_api_id', ParentId: 'parent_id', PathPart: 'path_part' }),
  )

/** A method and its integration are two resources in Terraform, one in CloudFormation. */
const method: Compiler = (instance, compilation) => {
  const integration = integrationOf(instance, compilation)
  compilation.add(instance, 'AWS::ApiGateway::Method', {
    ...copied(instance, {
      RestApiId: 'rest_api_id',
      ResourceId: 'resource_id',
      HttpMethod: 'http_method',
      AuthorizationType: 'authorization',
      AuthorizerId: 'authorizer_id',
      ApiKeyRequired: 'api_key_required',
      RequestParameters: 'request_parameters',
      RequestModels: 'request_models',
      RequestValidatorId: 'request_validator_id',
    }),
    Integration:
      integration === undefined
        ? null
        : copied(integration, { Type: 'type', Uri: 'uri', IntegrationHttpMethod: 'integration_http_method' }),
  })
}

function integrationOf(method: Instance, compilation: Compilation): Instance | undefined {
  const same = (each: Instance, name: string) => JSON.stringify(each.get(name)) === JSON.stringify(method.get(name))
  return compilation
    .ofType('aws_api_gateway_integration')
    .find((each) => same(each, 'rest_api_id') && same(each, 'resource_id') && same(each, 'http_method'))
}

const authorizer: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::ApiGateway::Authorizer', {
    ...copied(instance, {
      RestApiId: 'rest_api_id',
      AuthorizerUri: 'authorizer_uri',
      IdentitySource: 'identity_source',
      ProviderARNs: 'provider_arns',
    }),
    Type: instance.written('type') ?? 'TOKEN',
  })

const model: Compiler = (instance, compilation) => {
  const schema: Json | undefined = jsonOf(instance.written('schema'))
  compilation.add(instance, 'AWS::ApiGateway::Model', {
    ...copied(instance, { RestApiId: 'rest_api_id', Name: 'name', ContentType: 'content_type' }),
    Schema: isJsonObject(schema) ? schema : null,
  })
}

const validator: Compiler = (instance, compilation) =>
  compilation.add(
    instance,
    'AWS::ApiGateway::RequestValidator',
    copied(instance, {
      RestApiId: 'rest_api_id',
      ValidateRequestBody: 'validate_request_body',
      ValidateRequestParameters: 'validate_request_parameters',
    }),
  )

export const restCompilers: Readonly<Record<string, Compiler>> = {
  aws_api_gateway_rest_api: api,
  aws_api_gateway_resource: resource,
  aws_api_gateway_method: method,
  aws_api_gateway_authorizer: authorizer,
  aws_api_gateway_model: model,
  aws_api_gateway_request_validator: validator,
}
