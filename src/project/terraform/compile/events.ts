import { isJsonObject, type Json, type JsonObject } from '../../../model/index.js'
import { blocksOf, list } from '../config.js'
import type { Instance } from '../instance.js'
import { jsonOf } from '../json-text.js'
import { type Compiler, copied, known, nameOf, names } from './compilation.js'

/** A notification is a resource of its own in Terraform: we give the bucket's name a second bucket that has it. */
const notification: Compiler = (instance, compilation) => {
  const to = (name: string, arn: string, property: string) =>
    instance
      .blocks(name)
      .flatMap((each) =>
        list(each['events']).map((event) => known({ Event: event, [property]: each[arn] ?? null, Filter: filterOf(each) })),
      )
  const eventBridge = instance.written('eventbridge') === true
  compilation.addPart(instance, 'Bucket', 'AWS::S3::Bucket', {
    BucketName: nameOf(instance, 'bucket'),
    NotificationConfiguration: known({
      LambdaConfigurations: to('lambda_function', 'lambda_function_arn', 'Function'),
      QueueConfigurations: to('queue', 'queue_arn', 'Queue'),
      TopicConfigurations: to('topic', 'topic_arn', 'Topic'),
      EventBridgeConfiguration: eventBridge ? { EventBridgeEnabled: true } : null,
    }),
  })
}

function filterOf({ filter_prefix: prefix, filter_suffix: suffix }: JsonObject): Json {
  const rules = Object.entries({ prefix, suffix }).flatMap(([Name, Value]) =>
    Value === undefined || Value === null ? [] : [{ Name, Value }],
  )
  return rules.length === 0 ? null : { S3Key: { Rules: rules } }
}

const subscription: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::SNS::Subscription', {
    ...copied(instance, {
      TopicArn: 'topic_arn',
      Protocol: 'protocol',
      Endpoint: 'endpoint',
      FilterPolicyScope: 'filter_policy_scope',
      RawMessageDelivery: 'raw_message_delivery',
    }),
    FilterPolicy: jsonOf(instance.written('filter_policy')) ?? null,
  })

/** Targets name their rule; where they name none, the rule has no target. */
const rule: Compiler = (instance, compilation) => {
  const targets = compilation.ofType('aws_cloudwatch_event_target').filter((each) => names(each.written('rule'), instance))
  compilation.add(instance, 'AWS::Events::Rule', {
    ...copied(instance, { Name: 'name', ScheduleExpression: 'schedule_expression', EventBusName: 'event_bus_name' }),
    EventPattern: jsonOf(instance.written('event_pattern')) ?? null,
    Targets: targets.map(targetOf),
  })
}

function targetOf(instance: Instance): JsonObject {
  const [transformer] = instance.blocks('input_transformer')
  return known({
    Id: instance.written('target_id') ?? instance.origin.block.name,
    ...copied(instance, { Arn: 'arn', Input: 'input', InputPath: 'input_path' }),
    InputTransformer:
      transformer === undefined
        ? null
        : { InputPathsMap: transformer['input_paths'] ?? {}, InputTemplate: transformer['input_template'] ?? '' },
  })
}

const schedule: Compiler = (instance, compilation) => {
  const target = instance.block('target')
  compilation.add(instance, 'AWS::Scheduler::Schedule', {
    ...copied(instance, { Name: 'name', ScheduleExpression: 'schedule_expression' }),
    Target: known({ Arn: target['arn'] ?? null, RoleArn: target['role_arn'] ?? null, Input: target['input'] ?? null }),
  })
}

const logSubscription: Compiler = (instance, compilation) =>
  compilation.add(
    instance,
    'AWS::Logs::SubscriptionFilter',
    copied(instance, { LogGroupName: 'log_group_name', FilterPattern: 'filter_pattern', DestinationArn: 'destination_arn' }),
  )

const camel = (text: string): string => text.replaceAll(/(?:^|_)(\w)/g, (_, sign: string) => sign.toUpperCase())

const userPool: Compiler = (instance, compilation) => {
  const config = Object.entries(instance.block('lambda_config')).flatMap(([name, value]): [string, Json][] => {
    const [sender] = blocksOf(value)
    if (typeof value === 'string' || (isJsonObject(value) && sender?.['lambda_arn'] === undefined)) return [[camel(name), value]]
    return sender === undefined
      ? []
      : [[camel(name).replace('Sms', 'SMS'), { LambdaArn: sender['lambda_arn'] ?? null, LambdaVersion: 'V1_0' }]]
  })
  compilation.add(instance, 'AWS::Cognito::UserPool', {
    UserPoolName: instance.written('name'),
    LambdaConfig: Object.fromEntries(config),
  })
}

const stateMachine: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::StepFunctions::StateMachine', {
    StateMachineName: instance.written('name'),
    Definition: jsonOf(instance.written('definition')) ?? null,
    RoleArn: instance.written('role_arn'),
  })

const topicRule: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::IoT::TopicRule', {
    RuleName: instance.written('name'),
    TopicRulePayload: {
      Sql: instance.written('sql'),
      Actions: instance.blocks('lambda').map(({ function_arn = null }) => ({ Lambda: { FunctionArn: function_arn } })),
    },
  })

const dataSource: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::AppSync::DataSource', {
    ...copied(instance, { ApiId: 'api_id', Name: 'name', Type: 'type' }),
    LambdaConfig:
      instance.blocks('lambda_config').length === 0
        ? null
        : { LambdaFunctionArn: instance.block('lambda_config')['function_arn'] ?? null },
  })

const pipe: Compiler = (instance, compilation) =>
  compilation.add(
    instance,
    'AWS::Pipes::Pipe',
    copied(instance, { Name: 'name', Source: 'source', Target: 'target', Enrichment: 'enrichment' }),
  )

const receiptRule: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::SES::ReceiptRule', {
    RuleSetName: instance.written('rule_set_name'),
    Rule: {
      Actions: instance
        .blocks('lambda_action')
        .map(({ function_arn = null }) => ({ LambdaAction: { FunctionArn: function_arn } })),
    },
  })

const rotation: Compiler = (instance, compilation) =>
  compilation.add(
    instance,
    'AWS::SecretsManager::RotationSchedule',
    copied(instance, { SecretId: 'secret_id', RotationLambdaARN: 'rotation_lambda_arn' }),
  )

/** The processors of a delivery stream stand under the destination. */
const firehose: Compiler = (instance, compilation) => {
  const [destination] = instance.blocks('extended_s3_configuration')
  const processing = blocksOf(destination?.['processing_configuration']).flatMap(({ processors }) => blocksOf(processors))
  const processors = processing.map(({ type = null, parameters }) => ({
    Type: type,
    Parameters: blocksOf(parameters).map((each) => ({
      ParameterName: each['parameter_name'] ?? null,
      ParameterValue: each['parameter_value'] ?? null,
    })),
  }))
  compilation.add(instance, 'AWS::KinesisFirehose::DeliveryStream', {
    DeliveryStreamName: instance.written('name'),
    ExtendedS3DestinationConfiguration:
      destination === undefined ? null : { ProcessingConfiguration: { Enabled: true, Processors: processors } },
  })
}

export const eventCompilers: Readonly<Record<string, Compiler>> = {
  aws_s3_bucket_notification: notification,
  aws_sns_topic_subscription: subscription,
  aws_cloudwatch_event_rule: rule,
  aws_scheduler_schedule: schedule,
  aws_cloudwatch_log_subscription_filter: logSubscription,
  aws_cognito_user_pool: userPool,
  aws_sfn_state_machine: stateMachine,
  aws_iot_topic_rule: topicRule,
  aws_appsync_datasource: dataSource,
  aws_pipes_pipe: pipe,
  aws_ses_receipt_rule: receiptRule,
  aws_secretsmanager_secret_rotation: rotation,
  aws_kinesis_firehose_delivery_stream: firehose,
}
