import { randomUUID } from 'node:crypto'
import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { Store } from '../store.js'
import { type Answer, type Ask, type AwsService, arn, listOf, ok, refuse, textOf } from './service.js'

// AWS: 256 KB a message
const MOST_BYTES = 256 * 1024
const TOPICS = 'sns-topics'

/** Topics that take everything. */
export const sns: AwsService = {
  service: 'sns',
  operations: {
    Publish: ({ params, store }) => publish(params, params, store),
    PublishBatch: publishBatch,
    CreateTopic: createTopic,
    ListTopics: ({ store }) => ok({ Topics: store.entries(TOPICS).map(([TopicArn]) => ({ TopicArn })) }),
    Subscribe: ({ params }) => ok({ SubscriptionArn: `${String(params.TopicArn)}:${randomUUID()}` }),
    Unsubscribe: () => ok(),
    ListSubscriptionsByTopic: () => ok({ Subscriptions: [] }),
  },
  // A phone number is no resource: publishing to one needs sns:Publish on *.
  resources: (_operation, { TopicArn, TargetArn }) =>
    [textOf(TopicArn) ?? textOf(TargetArn)].filter((name) => name !== undefined),
}

/** One message; in a FIFO topic it needs a group, and gets a sequence number. */
function publish(message: JsonObject, { TopicArn, TargetArn }: JsonObject, store: Store): Answer {
  const text = textOf(message.Message)
  if (text === undefined) return refuse('InvalidParameter', 'Invalid parameter: Empty message')
  if (Buffer.byteLength(text) > MOST_BYTES) return refuse('InvalidParameter', 'Invalid parameter: Message too long')
  const fifo = String(TopicArn ?? TargetArn).endsWith('.fifo')
  if (fifo && textOf(message.MessageGroupId) === undefined)
    return refuse('InvalidParameter', 'Invalid parameter: The MessageGroupId parameter is required for FIFO topics')
  if (message.MessageStructure === 'json' && !hasDefault(text))
    return refuse('InvalidParameter', 'Invalid parameter: Message Structure - No default entry in JSON message body')
  return ok({ MessageId: randomUUID(), ...(fifo ? { SequenceNumber: String(store.serial()).padStart(20, '1') } : {}) })
}

function hasDefault(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) && Object.hasOwn(value, 'default')
  } catch {
    return false // no JSON, so no default in it
  }
}

function publishBatch({ params, store }: Ask): Answer {
  const entries = listOf(params.PublishBatchRequestEntries).filter(isJsonObject)
  if (entries.length === 0) return refuse('EmptyBatchRequest', 'The batch request contains no entries')
  if (entries.length > 10)
    return refuse('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible')
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
    return refuse('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id')
  const Successful: Json[] = []
  const Failed: Json[] = []
  for (const entry of entries) {
    const answer = publish(entry, params, store)
    const { Id = '' } = entry
    if (answer.kind === 'ok') Successful.push({ Id, ...answer.value })
    else Failed.push({ Id, Code: answer.code, Message: answer.message, SenderFault: true })
  }
  return ok({ Successful, Failed })
}

function createTopic({ params, place, store }: Ask): Answer {
  const name = textOf(params.Name)
  if (name === undefined) return refuse('InvalidParameter', 'Invalid parameter: Topic Name')
  const TopicArn = arn('sns', place, name)
  store.put(TOPICS, TopicArn, true, TopicArn.length)
  return ok({ TopicArn })
}
