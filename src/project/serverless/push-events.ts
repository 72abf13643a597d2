import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { addFor, arnOf, type LambdaEvent } from './service.js'

const list = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value]

/** `s3`: a bucket's notification. Each event has a bucket resource of its own: the name is what joins them. */
export function s3(event: LambdaEvent): string {
  const settings: JsonObject =
    isJsonObject(event.value) && event.value['bucket'] !== undefined ? event.value : { bucket: event.value }
  const rules = list(settings['rules']).flatMap((rule) => Object.entries(isJsonObject(rule) ? rule : {}))
  const filter = { S3Key: { Rules: rules.map(([Name, Value]) => ({ Name, Value })) } }
  const notification = {
    Event: settings['event'] ?? 's3:ObjectCreated:*',
    Function: arnOf(event.id),
    ...(rules.length === 0 ? {} : { Filter: filter }),
  }
  addFor(event, 'AWS::S3::Bucket', {
    BucketName: bucketName(event, settings['bucket']!),
    NotificationConfiguration: { LambdaConfigurations: [notification] },
  })
  return 's3'
}

/** A bucket by name, or by its key in `provider.s3`, which may name it otherwise. */
function bucketName({ service }: LambdaEvent, bucket: Json): Json {
  if (typeof bucket !== 'string') return bucket
  const declared = service.part('provider', 's3', bucket, 'name').value
  return declared ?? bucket
}

/** `sns`: a topic by name, by ARN, or by both. */
export function sns(event: LambdaEvent): string {
  const value = event.value
  const settings: JsonObject = isJsonObject(value) && (value['arn'] ?? value['topicName']) !== undefined ? value : { arn: value }
  const named = settings['arn'] ?? settings['topicName']!
  const policy = settings['filterPolicy']
  addFor(event, 'AWS::SNS::Subscription', {
    Protocol: 'lambda',
    Endpoint: arnOf(event.id),
    TopicArn: typeof named === 'string' && !named.includes(':') ? `arn:aws:sns:us-east-1:000000000000:${named}` : named,
    ...(policy === undefined ? {} : { FilterPolicy: policy }),
    ...(settings['filterPolicyScope'] === undefined ? {} : { FilterPolicyScope: settings['filterPolicyScope'] }),
  })
  return 'sns'
}

/** `schedule`: one or several rates, by a rule or by EventBridge Scheduler. */
export function schedule(event: LambdaEvent): string {
  const settings: JsonObject =
    isJsonObject(event.value) && event.value['rate'] !== undefined ? event.value : { rate: event.value }
  const input = settings['input']
  const target: JsonObject = { Arn: arnOf(event.id), ...inputOf(input) }
  for (const rate of list(settings['rate'])) {
    if (settings['method'] === 'scheduler')
      addFor(event, 'AWS::Scheduler::Schedule', { ScheduleExpression: rate, Target: target })
    else
      addFor(event, 'AWS::Events::Rule', {
        ScheduleExpression: rate,
        Targets: [{ Id: 'schedule', ...target, ...inputPaths(settings) }],
      })
  }
  return 'eventbridge'
}

/** `eventBridge`: a rule with a pattern, a schedule or both. */
export function eventBridge(event: LambdaEvent): string {
  const settings = isJsonObject(event.value) ? event.value : {}
  addFor(event, 'AWS::Events::Rule', {
    ...(settings['pattern'] === undefined ? {} : { EventPattern: settings['pattern'] }),
    ...(settings['schedule'] === undefined ? {} : { ScheduleExpression: settings['schedule'] }),
    ...(settings['eventBus'] === undefined ? {} : { EventBusName: settings['eventBus'] }),
    Targets: [{ Id: 'function', Arn: arnOf(event.id), ...inputOf(settings['input']), ...inputPaths(settings) }],
  })
  return 'eventbridge'
}

/** `cloudwatchEvent`: the elder form of a rule. */
export function cloudwatchEvent(event: LambdaEvent): string {
  const settings = isJsonObject(event.value) ? event.value : {}
  addFor(event, 'AWS::Events::Rule', {
    EventPattern: settings['event'] ?? {},
    Targets: [{ Id: 'function', Arn: arnOf(event.id), ...inputOf(settings['input']), ...inputPaths(settings) }],
  })
  return 'eventbridge'
}

/** CloudFormation has the constant input as a JSON text. */
function inputOf(input: Json | undefined): JsonObject {
  if (input === undefined || input === null) return {}
  return { Input: typeof input === 'string' ? input : JSON.stringify(input) }
}

function inputPaths(settings: JsonObject): JsonObject {
  const transformer = settings['inputTransformer']
  return {
    ...(settings['inputPath'] === undefined ? {} : { InputPath: settings['inputPath'] }),
    ...(isJsonObject(transformer)
      ? {
          InputTransformer: {
            InputPathsMap: transformer['inputPathsMap'] ?? {},
            InputTemplate: transformer['inputTemplate'] ?? '',
          },
        }
      : {}),
  }
}

/** `cloudwatchLog`: a log group's subscription. */
export function cloudwatchLog(event: LambdaEvent): string {
  const settings: JsonObject =
    isJsonObject(event.value) && event.value['logGroup'] !== undefined ? event.value : { logGroup: event.value }
  addFor(event, 'AWS::Logs::SubscriptionFilter', {
    LogGroupName: settings['logGroup']!,
    FilterPattern: settings['filter'] ?? '',
    DestinationArn: arnOf(event.id),
  })
  return 'cloudwatch-logs'
}

/** `cognitoUserPool`: one trigger of a user pool; the pool is made by serverless and can be extended by `resources`. */
export function cognitoUserPool(event: LambdaEvent): string {
  const settings = isJsonObject(event.value) ? event.value : {}
  const pool = String(settings['pool'] ?? 'pool')
  const trigger = String(settings['trigger'] ?? 'PreSignUp')
  const own = /^Custom(?:SMS|Email)Sender$/.test(trigger)
  addFor(event, 'AWS::Cognito::UserPool', {
    UserPoolName: pool,
    LambdaConfig: { [trigger]: own ? { LambdaArn: arnOf(event.id), LambdaVersion: 'V1_0' } : arnOf(event.id) },
  })
  return 'cognito'
}

/** `iot`: a rule over topics. */
export function iot(event: LambdaEvent): string {
  const settings = isJsonObject(event.value) ? event.value : {}
  addFor(event, 'AWS::IoT::TopicRule', {
    TopicRulePayload: { Sql: settings['sql'] ?? '', Actions: [{ Lambda: { FunctionArn: arnOf(event.id) } }] },
  })
  return 'iot'
}

/** Services that are only allowed to invoke: a permission is all that a template has of them. */
const permitted =
  (kind: string, principal: string) =>
  (event: LambdaEvent): string => {
    addFor(event, 'AWS::Lambda::Permission', {
      FunctionName: arnOf(event.id),
      Action: 'lambda:InvokeFunction',
      Principal: principal,
    })
    return kind
  }

export const alexaSkill = permitted('alexa', 'alexa-appkit.amazon.com')
export const alexaSmartHome = permitted('alexa', 'alexa-connectedhome.amazon.com')
export const iotFleetProvisioning = permitted('iot', 'iot.amazonaws.com')
export const cloudFront = permitted('cloudfront', 'edgelambda.amazonaws.com')
