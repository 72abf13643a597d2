import type { AwsCall } from './evidence.js'
import { isJsonObject, type Json, type JsonObject } from './json.js'

/** What a call puts where triggers listen, or what an event took from there: the place, and the text of what is carried. */
export interface Carried {
  /** `sqs:queue`, `sns:topic`, `events:source/detail-type` (default bus), `dynamodb:table`. */
  readonly place: string
  readonly text: string
}

/** What a call sends or writes, first of several; undefined for a call that failed or triggers nothing of these. */
export function sentBy({ service, operation, params, outcome }: AwsCall): Carried | undefined {
  if (outcome !== 'ok') return undefined
  const one = firstOf(params['Entries']) ?? params
  switch (`${service}:${operation}`) {
    case 'sqs:SendMessage':
    case 'sqs:SendMessageBatch':
      return carried('sqs', lastPart(params['QueueUrl'], '/'), one['MessageBody'])
    case 'sns:Publish':
      return carried('sns', lastPart(params['TopicArn'], ':'), params['Message'])
    case 'events:PutEvents':
      return (one['EventBusName'] ?? 'default') === 'default'
        ? carried('events', `${String(one['Source'])}/${String(one['DetailType'])}`, one['Detail'])
        : undefined
    case 'dynamodb:PutItem':
    case 'dynamodb:UpdateItem':
      return carried('dynamodb', lastPart(params['TableName'], '/'), JSON.stringify(params['Item'] ?? params['Key']))
    default:
      return undefined
  }
}

/** Where the (first record of the) event came from, and its text; undefined for other sources. */
export function receivedIn(event: Json): Carried | undefined {
  if (!isJsonObject(event)) return undefined
  if (typeof event['detail-type'] === 'string')
    return carried('events', `${String(event['source'])}/${event['detail-type']}`, JSON.stringify(event['detail']))
  const record = firstOf(event['Records'])
  const from = record?.['eventSourceARN']
  if (record?.['eventSource'] === 'aws:sqs') return carried('sqs', lastPart(from, ':'), record['body'])
  if (record?.['eventSource'] === 'aws:dynamodb') {
    const [, , , , , path = ''] = String(from).split(':')
    return carried('dynamodb', path.split('/')[1] ?? '', JSON.stringify(record['dynamodb']))
  }
  const message = record?.['Sns']
  return isJsonObject(message ?? null)
    ? carried('sns', lastPart((message as JsonObject)['TopicArn'], ':'), (message as JsonObject)['Message'])
    : undefined
}

const carried = (service: string, name: string, text: Json | undefined): Carried | undefined =>
  name === '' || typeof text !== 'string' ? undefined : { place: `${service}:${name}`, text }

const lastPart = (name: Json | undefined, sign: string): string =>
  typeof name === 'string' ? (name.split(sign).at(-1) ?? '') : ''

const firstOf = (list: Json | undefined): JsonObject | undefined => {
  const [one] = Array.isArray(list) ? (list as readonly Json[]) : []
  return one !== undefined && isJsonObject(one) ? one : undefined
}

/** Without what differs from one time to the next: markers, numbers, ids. */
export const withoutTimes = (text: string): string =>
  text
    .replace(/ef[a-z2-7]{10}z/gi, '*')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '*')
    .replace(/\d+/g, '#')
