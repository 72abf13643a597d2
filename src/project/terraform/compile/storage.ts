import type { Json, JsonObject } from '../../../model/index.js'
import { blocksOf } from '../config.js'
import { type Compiler, copied, nameOf } from './compilation.js'

const queue: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::SQS::Queue', { QueueName: nameOf(instance), FifoQueue: instance.written('fifo_queue') })

const topic: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::SNS::Topic', { TopicName: nameOf(instance), FifoTopic: instance.written('fifo_topic') })

const table: Compiler = (instance, compilation) => {
  const keys = [
    ['hash_key', 'HASH'],
    ['range_key', 'RANGE'],
  ] as const
  const streams = instance.written('stream_enabled') === true
  const attributes = blocksOf(instance.written('attribute'))
  compilation.add(instance, 'AWS::DynamoDB::Table', {
    TableName: nameOf(instance),
    KeySchema: keys.flatMap(([attribute, KeyType]) => {
      const AttributeName = instance.written(attribute)
      return AttributeName === null ? [] : [{ AttributeName, KeyType }]
    }),
    AttributeDefinitions: attributes.map(({ name = null, type = null }) => ({ AttributeName: name, AttributeType: type })),
    ...indexesOf('GlobalSecondaryIndexes', blocksOf(instance.written('global_secondary_index')), null),
    ...indexesOf('LocalSecondaryIndexes', blocksOf(instance.written('local_secondary_index')), instance.written('hash_key')),
    StreamSpecification: streams ? { StreamViewType: instance.written('stream_view_type') } : null,
  })
}

/** Index blocks as CloudFormation has them; a local index has the table's partition key. */
function indexesOf(member: string, blocks: readonly JsonObject[], hash: Json): JsonObject {
  if (blocks.length === 0) return {}
  const key = (AttributeName: Json, KeyType: string): JsonObject[] => (AttributeName === null ? [] : [{ AttributeName, KeyType }])
  return {
    [member]: blocks.map(
      ({ name = null, hash_key = hash, range_key = null, projection_type = 'ALL', non_key_attributes = null }) => ({
        IndexName: name,
        KeySchema: [...key(hash_key, 'HASH'), ...key(range_key, 'RANGE')],
        Projection: { ProjectionType: projection_type, NonKeyAttributes: non_key_attributes },
      }),
    ),
  }
}

const bucket: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::S3::Bucket', { BucketName: nameOf(instance, 'bucket') })

/** A type of which only the name matters to us. */
const named =
  (type: string, property: string): Compiler =>
  (instance, compilation) =>
    compilation.add(instance, type, copied(instance, { [property]: 'name' }))

export const storageCompilers: Readonly<Record<string, Compiler>> = {
  aws_sqs_queue: queue,
  aws_sns_topic: topic,
  aws_dynamodb_table: table,
  aws_s3_bucket: bucket,
  aws_kinesis_stream: named('AWS::Kinesis::Stream', 'Name'),
  aws_cloudwatch_event_bus: named('AWS::Events::EventBus', 'Name'),
  aws_cloudwatch_log_group: named('AWS::Logs::LogGroup', 'LogGroupName'),
  aws_secretsmanager_secret: named('AWS::SecretsManager::Secret', 'Name'),
  aws_ssm_parameter: named('AWS::SSM::Parameter', 'Name'),
  aws_msk_cluster: (instance, compilation) =>
    compilation.add(instance, 'AWS::MSK::Cluster', copied(instance, { ClusterName: 'cluster_name' })),
  aws_mq_broker: (instance, compilation) =>
    compilation.add(
      instance,
      'AWS::AmazonMQ::Broker',
      copied(instance, { BrokerName: 'broker_name', EngineType: 'engine_type' }),
    ),
}
