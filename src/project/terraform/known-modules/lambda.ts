// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of Terraform.
import type { JsonObject } from '../../../model/index.js'
import { outputs, use, variables } from './shorthand.js'

const statement =
  '{ for key, value in { Sid = try(s.sid, null), Effect = try(s.effect, "Allow"), Action = try(s.actions, null), NotAction = try(s.not_actions, null), Resource = try(s.resources, null), NotResource = try(s.not_resources, null) } : key => value if value != null }'
const fn = 'aws_lambda_function.this[0]'

/** terraform-aws-modules/lambda: one function with its role, mappings and permissions. */
export const lambda: JsonObject = {
  variable: variables({
    create: true,
    create_function: true,
    create_layer: false,
    layer_name: null,
    image_uri: null,
    create_role: true,
    create_lambda_function_url: false,
    function_name: null,
    handler: '',
    runtime: null,
    timeout: 3,
    memory_size: 128,
    package_type: 'Zip',
    environment_variables: {},
    layers: null,
    source_path: null,
    local_existing_package: null,
    lambda_role: '',
    role_name: null,
    policy_json: null,
    policy_jsons: [],
    policy: null,
    policies: [],
    policy_statements: {},
    assume_role_policy_statements: {},
    attach_cloudwatch_logs_policy: true,
    dead_letter_target_arn: null,
    allowed_triggers: {},
    event_source_mapping: {},
    authorization_type: 'NONE',
    destination_on_success: null,
    destination_on_failure: null,
  }),
  locals: { has_role: use('var.create && var.create_function && !var.create_layer && var.create_role') },
  resource: {
    aws_lambda_function: {
      this: {
        count: use('var.create && var.create_function && !var.create_layer ? 1 : 0'),
        function_name: use('var.function_name'),
        handler: use('var.package_type != "Zip" ? null : var.handler'),
        runtime: use('var.package_type != "Zip" ? null : var.runtime'),
        package_type: use('var.package_type == "Zip" ? null : var.package_type'),
        timeout: use('var.timeout'),
        memory_size: use('var.memory_size'),
        role: use('var.create_role ? aws_iam_role.lambda[0].arn : var.lambda_role'),
        layers: use('var.layers'),
        source_path: use('var.source_path'),
        filename: use('var.local_existing_package'),
        image_uri: use('var.image_uri'),
        environment: [{ variables: use('var.environment_variables') }],
        dynamic: {
          dead_letter_config: [
            {
              for_each: use('var.dead_letter_target_arn == null ? [] : [true]'),
              content: [{ target_arn: use('var.dead_letter_target_arn') }],
            },
          ],
        },
      },
    },
    aws_lambda_layer_version: {
      this: {
        count: use('var.create && var.create_layer ? 1 : 0'),
        layer_name: use('var.layer_name'),
        source_path: use('var.source_path'),
      },
    },
    aws_lambda_function_url: {
      this: {
        count: use('var.create_lambda_function_url ? 1 : 0'),
        function_name: use(`${fn}.function_name`),
        authorization_type: use('var.authorization_type'),
      },
    },
    aws_iam_role: {
      lambda: {
        count: use('local.has_role ? 1 : 0'),
        name: use('coalesce(var.role_name, var.function_name, "lambda")'),
      },
    },
    aws_iam_role_policy: {
      logs: {
        count: use('local.has_role && var.attach_cloudwatch_logs_policy ? 1 : 0'),
        name: 'logs',
        role: use('aws_iam_role.lambda[0].name'),
        policy:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:PutLogEvents","logs:CreateLogStream","logs:CreateLogGroup"],"Resource":["arn:aws:logs:*:*:log-group:/aws/lambda/*:*","arn:aws:logs:*:*:log-group:/aws/lambda/*:*:*"]}]}',
      },
      inline: {
        count: use('local.has_role && length(var.policy_statements) > 0 ? 1 : 0'),
        name: 'inline',
        role: use('aws_iam_role.lambda[0].name'),
        policy: use(`jsonencode({ Version = "2012-10-17", Statement = [for k, s in var.policy_statements : ${statement}] })`),
      },
      json: {
        count: use('local.has_role && var.policy_json != null ? 1 : 0'),
        name: 'json',
        role: use('aws_iam_role.lambda[0].name'),
        policy: use('var.policy_json'),
      },
      jsons: {
        count: use('local.has_role ? length(var.policy_jsons) : 0'),
        name: use('"json-${count.index}"'),
        role: use('aws_iam_role.lambda[0].name'),
        policy: use('var.policy_jsons[count.index]'),
      },
    },
    aws_iam_role_policy_attachment: {
      one: {
        count: use('local.has_role && var.policy != null ? 1 : 0'),
        role: use('aws_iam_role.lambda[0].name'),
        policy_arn: use('var.policy'),
      },
      many: {
        count: use('local.has_role ? length(var.policies) : 0'),
        role: use('aws_iam_role.lambda[0].name'),
        policy_arn: use('var.policies[count.index]'),
      },
    },
    aws_lambda_permission: {
      this: {
        for_each: use('var.allowed_triggers'),
        function_name: use(`${fn}.function_name`),
        action: 'lambda:InvokeFunction',
        principal: use('try(each.value.principal, format("%s.amazonaws.com", each.value.service))'),
        source_arn: use('try(each.value.source_arn, null)'),
      },
    },
    aws_lambda_event_source_mapping: {
      this: {
        for_each: use('var.event_source_mapping'),
        function_name: use(`${fn}.arn`),
        event_source_arn: use('try(each.value.event_source_arn, null)'),
        batch_size: use('try(each.value.batch_size, null)'),
        starting_position: use('try(each.value.starting_position, null)'),
        function_response_types: use('try(each.value.function_response_types, null)'),
        topics: use('try(each.value.topics, null)'),
        queues: use('try(each.value.queues, null)'),
        filter_criteria: [
          {
            filter: use('[for f in flatten([try(each.value.filter_criteria, [])]) : { pattern = f.pattern }]'),
          },
        ],
      },
    },
    aws_lambda_function_event_invoke_config: {
      this: {
        count: use('var.destination_on_failure != null || var.destination_on_success != null ? 1 : 0'),
        function_name: use(`${fn}.function_name`),
        destination_config: [
          {
            on_failure: use('var.destination_on_failure == null ? [] : [{ destination = var.destination_on_failure }]'),
            on_success: use('var.destination_on_success == null ? [] : [{ destination = var.destination_on_success }]'),
          },
        ],
      },
    },
  },
  output: outputs({
    lambda_function_arn: `${fn}.arn`,
    lambda_function_invoke_arn: `${fn}.invoke_arn`,
    lambda_function_name: `${fn}.function_name`,
    lambda_function_qualified_arn: `${fn}.arn`,
    lambda_layer_arn: 'aws_lambda_layer_version.this[0].arn',
    lambda_layer_layer_arn: 'aws_lambda_layer_version.this[0].arn',
    lambda_role_arn: 'aws_iam_role.lambda[0].arn',
    lambda_role_name: 'aws_iam_role.lambda[0].name',
    this_lambda_function_arn: `${fn}.arn`,
    this_lambda_function_name: `${fn}.function_name`,
    this_lambda_function_invoke_arn: `${fn}.invoke_arn`,
  }),
}
