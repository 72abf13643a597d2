import type { Json, JsonObject } from '../../model/index.js'
import { object } from './assembly.js'

type Changeable = { [key: string]: Json }

/**
 * Says in CloudFormation's own words what CDK says in custom resources and metadata: nested templates by their file, bucket
 * notifications by the bucket. Changed in place, since the objects know their lines. Returns the ids of what is no bucket of its own.
 */
export function prepare(template: JsonObject): ReadonlySet<string> {
  const invented = new Set<string>()
  for (const [id, resource] of Object.entries(object(template['Resources']))) {
    const changeable = object(resource) as Changeable
    const { Type: type, Metadata: metadata, Properties: properties } = changeable
    const asset = object(metadata)['aws:asset:path']
    if (type === 'AWS::CloudFormation::Stack' && typeof asset === 'string')
      (object(properties) as Changeable)['TemplateURL'] = asset
    if (type !== 'Custom::S3BucketNotifications') continue
    invented.add(id)
    changeable['Type'] = 'AWS::S3::Bucket'
    changeable['Properties'] = bucketOf(object(properties))
  }
  return invented
}

const list = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).map(object) : []

function bucketOf({ BucketName: name = null, NotificationConfiguration: configuration }: JsonObject): JsonObject {
  const wanted = object(configuration)
  const of = (from: string, arn: string, to: string) =>
    list(wanted[from]).flatMap((each) =>
      (Array.isArray(each['Events']) ? (each['Events'] as readonly Json[]) : []).map((event) => ({
        Event: event,
        [to]: each[arn] ?? null,
        ...filterOf(each),
      })),
    )
  return {
    BucketName: name,
    NotificationConfiguration: {
      LambdaConfigurations: of('LambdaFunctionConfigurations', 'LambdaFunctionArn', 'Function'),
      QueueConfigurations: of('QueueConfigurations', 'QueueArn', 'Queue'),
      TopicConfigurations: of('TopicConfigurations', 'TopicArn', 'Topic'),
      ...(wanted['EventBridgeConfiguration'] === undefined ? {} : { EventBridgeConfiguration: { EventBridgeEnabled: true } }),
    },
  }
}

function filterOf(each: JsonObject): JsonObject {
  const rules = list(object(object(each['Filter'])['Key'])['FilterRules'])
  return rules.length === 0 ? {} : { Filter: { S3Key: { Rules: rules } } }
}
