// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of Terraform.
import type { JsonObject } from '../../../model/index.js'
import { outputs, use, variables } from './shorthand.js'

/** Modules that lead events to functions. */
export const notification: JsonObject = {
  variable: variables({
    bucket: null,
    lambda_notifications: {},
    sqs_notifications: {},
    sns_notifications: {},
    eventbridge: null,
  }),
  resource: {
    aws_s3_bucket_notification: {
      this: {
        bucket: use('var.bucket'),
        eventbridge: use('var.eventbridge'),
        lambda_function: use(
          '[for k, n in var.lambda_notifications : { lambda_function_arn = n.function_arn, events = n.events, filter_prefix = try(n.filter_prefix, null), filter_suffix = try(n.filter_suffix, null) }]',
        ),
      },
    },
  },
}

export const eventbridge: JsonObject = {
  variable: variables({ bus_name: 'default', rules: {}, targets: {}, schedules: {} }),
  resource: {
    aws_cloudwatch_event_rule: {
      this: {
        for_each: use('var.rules'),
        name: use('each.key'),
        event_bus_name: use('var.bus_name'),
        event_pattern: use('try(each.value.event_pattern, null)'),
        schedule_expression: use('try(each.value.schedule_expression, null)'),
      },
    },
    aws_cloudwatch_event_target: {
      this: {
        for_each: use(
          '{ for t in flatten([for rule, ts in var.targets : [for t in ts : merge(t, { rule = rule })]]) : "${t.rule}-${t.name}" => t }',
        ),
        rule: use('each.value.rule'),
        arn: use('each.value.arn'),
        input: use('try(each.value.input, null)'),
      },
    },
    aws_scheduler_schedule: {
      this: {
        for_each: use('var.schedules'),
        name: use('each.key'),
        schedule_expression: use('try(each.value.schedule_expression, null)'),
        target: [{ arn: use('each.value.arn'), input: use('try(each.value.input, null)') }],
      },
    },
  },
  output: outputs({
    eventbridge_rule_arns: '{ for key, rule in aws_cloudwatch_event_rule.this : key => rule.arn }',
  }),
}

export const httpApi: JsonObject = {
  variable: variables({ name: null, protocol_type: 'HTTP', routes: {}, integrations: {}, body: null }),
  locals: {
    all: use('merge(var.integrations, var.routes)'),
  },
  resource: {
    aws_apigatewayv2_api: { this: { name: use('var.name'), protocol_type: use('var.protocol_type'), body: use('var.body') } },
    aws_apigatewayv2_integration: {
      this: {
        for_each: use('local.all'),
        api_id: use('aws_apigatewayv2_api.this.id'),
        integration_type: 'AWS_PROXY',
        integration_uri: use('try(each.value.integration.uri, each.value.lambda_arn, null)'),
        payload_format_version: use(
          'try(each.value.integration.payload_format_version, each.value.payload_format_version, "2.0")',
        ),
      },
    },
    aws_apigatewayv2_route: {
      this: {
        for_each: use('local.all'),
        api_id: use('aws_apigatewayv2_api.this.id'),
        route_key: use('each.key'),
        target: 'integrations/${aws_apigatewayv2_integration.this[each.key].id}',
        authorization_type: use('try(each.value.authorization_type, "NONE")'),
      },
    },
  },
  output: outputs({
    api_id: 'aws_apigatewayv2_api.this.id',
    api_execution_arn: 'aws_apigatewayv2_api.this.execution_arn',
    apigatewayv2_api_id: 'aws_apigatewayv2_api.this.id',
    apigatewayv2_api_execution_arn: 'aws_apigatewayv2_api.this.execution_arn',
  }),
}

export const machine: JsonObject = {
  variable: variables({ name: null, definition: null }),
  resource: { aws_sfn_state_machine: { this: { name: use('var.name'), definition: use('var.definition') } } },
  output: outputs({ state_machine_arn: 'aws_sfn_state_machine.this.arn' }),
}
