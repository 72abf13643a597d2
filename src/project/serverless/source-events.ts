import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { streamService } from './platform-statements.js'
import { addFor, arnOf, type LambdaEvent } from './service.js'

/** The events that Lambda itself fetches: each is an event source mapping. */
export const sqs = (event: LambdaEvent): string => mapping(event, 'sqs', {})
export const activemq = (event: LambdaEvent): string => mapping(event, 'mq', { Queues: listOf(event, 'queue') })
export const rabbitmq = (event: LambdaEvent): string => activemq(event)
export const msk = (event: LambdaEvent): string => mapping(event, 'kafka', { Topics: listOf(event, 'topic') })

export const stream = (event: LambdaEvent): string =>
  mapping(event, streamService(event.value) === 'dynamodb' ? 'dynamodb-stream' : 'kinesis', {
    StartingPosition: settingsOf(event)['startingPosition'] ?? 'TRIM_HORIZON',
    BatchSize: 10,
  })

/** Kafka that its owner runs: addresses instead of an ARN. */
export function kafka(event: LambdaEvent): string {
  const servers = settingsOf(event)['bootstrapServers'] ?? []
  const own = { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: servers } } }
  return mapping(event, 'kafka', { ...own, Topics: listOf(event, 'topic') })
}

const isIntrinsic = (value: JsonObject): boolean => Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))

function settingsOf({ value }: LambdaEvent): JsonObject {
  return isJsonObject(value) && !isIntrinsic(value) ? value : { arn: value }
}

function listOf(event: LambdaEvent, key: string): readonly Json[] {
  const value = settingsOf(event)[key]
  return value === undefined ? [] : [value]
}

const COPIED: Readonly<Record<string, string>> = {
  batchSize: 'BatchSize',
  maximumBatchingWindow: 'MaximumBatchingWindowInSeconds',
  batchWindow: 'MaximumBatchingWindowInSeconds',
  enabled: 'Enabled',
}

function mapping(event: LambdaEvent, kind: string, more: JsonObject): string {
  const settings = settingsOf(event)
  const properties: Record<string, Json> = { FunctionName: arnOf(event.id), ...more }
  if (settings['arn'] !== undefined) properties['EventSourceArn'] = settings['arn']
  for (const [key, name] of Object.entries(COPIED)) if (settings[key] !== undefined) properties[name] = settings[key]
  if (settings['functionResponseType'] !== undefined) properties['FunctionResponseTypes'] = [settings['functionResponseType']]
  const patterns = settings['filterPatterns']
  if (Array.isArray(patterns))
    properties['FilterCriteria'] = { Filters: (patterns as readonly Json[]).map((each) => ({ Pattern: JSON.stringify(each) })) }
  if (settings['destinations'] !== undefined) properties['DestinationConfig'] = onFailure(settings['destinations'])
  addFor(event, 'AWS::Lambda::EventSourceMapping', properties)
  return kind
}

function onFailure(destinations: Json): JsonObject {
  const failed = isJsonObject(destinations) ? destinations['onFailure'] : undefined
  const arn = isJsonObject(failed) && failed['arn'] !== undefined ? failed['arn'] : failed
  return arn === undefined ? {} : { OnFailure: { Destination: arn } }
}
