import type { Json, JsonObject } from '../../../model/index.js'
import { blocksOf, list } from '../config.js'
import type { Instance } from '../instance.js'
import { jsonOf } from '../json-text.js'
import { type Compiler, copied } from './compilation.js'

const api: Compiler = (instance, compilation) => {
  const target = instance.written('target')
  compilation.add(instance, 'AWS::ApiGatewayV2::Api', {
    ...copied(instance, { Name: 'name', ProtocolType: 'protocol_type', RouteSelectionExpression: 'route_selection_expression' }),
    Body: instance.written('body') === null ? null : (jsonOf(instance.written('body')) ?? instance.written('body')),
  })
  if (target === null) return
  // "Quick create": the API brings its one route along.
  const integration = compilation.addPart(instance, 'Integration', 'AWS::ApiGatewayV2::Integration', {
    ApiId: { Ref: instance.id },
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: target,
    PayloadFormatVersion: '2.0',
  })
  compilation.addPart(instance, 'Route', 'AWS::ApiGatewayV2::Route', {
    ApiId: { Ref: instance.id },
    RouteKey: instance.written('route_key') ?? '$default',
    Target: { 'Fn::Join': ['/', ['integrations', { Ref: integration }]] },
  })
}

const integration: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::ApiGatewayV2::Integration', {
    ...copied(instance, {
      ApiId: 'api_id',
      IntegrationType: 'integration_type',
      IntegrationUri: 'integration_uri',
      IntegrationSubtype: 'integration_subtype',
    }),
    PayloadFormatVersion: instance.written('payload_format_version') ?? '1.0',
  })

const route: Compiler = (instance, compilation) =>
  compilation.add(
    instance,
    'AWS::ApiGatewayV2::Route',
    copied(instance, {
      ApiId: 'api_id',
      RouteKey: 'route_key',
      Target: 'target',
      AuthorizationType: 'authorization_type',
      AuthorizerId: 'authorizer_id',
      ApiKeyRequired: 'api_key_required',
    }),
  )

const authorizer: Compiler = (instance, compilation) =>
  compilation.add(
    instance,
    'AWS::ApiGatewayV2::Authorizer',
    copied(instance, {
      ApiId: 'api_id',
      AuthorizerType: 'authorizer_type',
      AuthorizerUri: 'authorizer_uri',
      AuthorizerPayloadFormatVersion: 'authorizer_payload_format_version',
      IdentitySource: 'identity_sources',
    }),
  )

/** Targets are attached from outside in Terraform. */
const targetGroup: Compiler = (instance, compilation) => {
  const attachments = ['aws_lb_target_group_attachment', 'aws_alb_target_group_attachment']
    .flatMap((type) => compilation.ofType(type))
    .filter((each) => JSON.stringify(each.written('target_group_arn')) === JSON.stringify({ Ref: instance.id }))
  const multi = instance.written('lambda_multi_value_headers_enabled')
  compilation.add(instance, 'AWS::ElasticLoadBalancingV2::TargetGroup', {
    ...copied(instance, { Name: 'name', TargetType: 'target_type' }),
    Targets: attachments.map((each) => ({ Id: each.written('target_id') })),
    TargetGroupAttributes: multi === null ? null : [{ Key: 'lambda.multi_value_headers.enabled', Value: String(multi) }],
  })
}

/** `target_group_arn` stands in an action, or in its `forward`. */
function actionsOf(instance: Instance, name: string): readonly JsonObject[] {
  return instance.blocks(name).flatMap((action) => {
    const forwarded = blocksOf(action['forward']).flatMap(({ target_group }) => blocksOf(target_group))
    const groups = [action['target_group_arn'], ...forwarded.map(({ arn }) => arn)].filter(
      (each) => each !== undefined && each !== null,
    )
    return groups.map((group) => ({ Type: 'forward', TargetGroupArn: group as Json }))
  })
}

const listener: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::ElasticLoadBalancingV2::Listener', {
    ...copied(instance, { LoadBalancerArn: 'load_balancer_arn', Port: 'port', Protocol: 'protocol' }),
    DefaultActions: actionsOf(instance, 'default_action'),
  })

const CONDITIONS: Readonly<Record<string, readonly [string, string]>> = {
  path_pattern: ['path-pattern', 'PathPatternConfig'],
  http_request_method: ['http-request-method', 'HttpRequestMethodConfig'],
  host_header: ['host-header', 'HostHeaderConfig'],
}

const listenerRule: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::ElasticLoadBalancingV2::ListenerRule', {
    ...copied(instance, { ListenerArn: 'listener_arn', Priority: 'priority' }),
    Actions: actionsOf(instance, 'action'),
    Conditions: instance.blocks('condition').flatMap((condition) =>
      Object.entries(CONDITIONS).flatMap(([name, [field, config]]) => {
        const values = blocksOf(condition[name]).flatMap(({ values }) => list(values))
        return values.length === 0 ? [] : [{ Field: field, [config]: { Values: values } }]
      }),
    ),
  })

export const httpCompilers: Readonly<Record<string, Compiler>> = {
  aws_apigatewayv2_api: api,
  aws_apigatewayv2_integration: integration,
  aws_apigatewayv2_route: route,
  aws_apigatewayv2_authorizer: authorizer,
  aws_lb_target_group: targetGroup,
  aws_lb_listener: listener,
  aws_lb_listener_rule: listenerRule,
}
