import type { JsonObject } from '../../model/index.js'
import { type Answer, type Ask, type AwsService, arn, listOf, ok, textOf } from './service.js'
import { eachEntry } from './sqs-batch.js'
import { changeVisibility, counts, deleteMessage, purgeQueue, receiveMessage, sendMessage } from './sqs-queue.js'

/** Queues that hold what was sent until it is deleted. The MD5s are right: the SDK checks them. */
export const sqs: AwsService = {
  service: 'sqs',
  operations: {
    SendMessage: sendMessage,
    SendMessageBatch: (ask) => eachEntry(ask, sendMessage),
    ReceiveMessage: receiveMessage,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: (ask) => eachEntry(ask, deleteMessage),
    ChangeMessageVisibility: changeVisibility,
    ChangeMessageVisibilityBatch: (ask) => eachEntry(ask, changeVisibility),
    CreateQueue: getQueueUrl,
    GetQueueUrl: getQueueUrl,
    GetQueueAttributes: ({ params, place, store }) => ok({ Attributes: attributes(params, place, store) }, true),
    SetQueueAttributes: () => ok(),
    ListQueues: () => ok(),
    PurgeQueue: purgeQueue,
  },
  resources(_operation, params, place) {
    const [account, name] = textOf(params.QueueUrl)?.replace(/\/$/, '').split('/').slice(-2) ?? [
      textOf(params.QueueOwnerAWSAccountId),
      textOf(params.QueueName),
    ]
    if (name === undefined || name === '') return []
    const owner = account !== undefined && /^\d{12}$/.test(account) ? account : place.account
    const region = /^https?:\/\/sqs\.([a-z0-9-]+)\.amazonaws/.exec(String(params.QueueUrl))?.[1] ?? place.region
    return [arn('sqs', { region, account: owner }, name)]
  },
}

function getQueueUrl({ params, place }: Ask): Answer {
  const account = textOf(params.QueueOwnerAWSAccountId) ?? place.account
  return ok({ QueueUrl: `https://sqs.${place.region}.amazonaws.com/${account}/${String(params.QueueName)}` }, true)
}

function attributes(params: JsonObject, place: Ask['place'], store: Ask['store']): JsonObject {
  const name = textOf(params.QueueUrl)?.replace(/\/$/, '').split('/').at(-1) ?? ''
  const { visible, hidden } = counts(params, store)
  const all: JsonObject = {
    QueueArn: arn('sqs', place, name),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    ApproximateNumberOfMessagesDelayed: '0',
    VisibilityTimeout: '30',
    ...(name.endsWith('.fifo') ? { FifoQueue: 'true' } : {}),
  }
  const asked = listOf(params.AttributeNames).map(String)
  if (asked.length === 0 || asked.includes('All')) return all
  return Object.fromEntries(Object.entries(all).filter(([one]) => asked.includes(one)))
}
