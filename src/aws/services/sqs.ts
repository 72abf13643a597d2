import { createHash, randomUUID } from 'node:crypto'
import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { type Answer, type Ask, type AwsService, arn, listOf, ok, refuse, textOf } from './service.js'

/** Queues that take everything and hold nothing. The MD5s are right: the SDK checks them. */
export const sqs: AwsService = {
  service: 'sqs',
  operations: {
    SendMessage: ({ params }) =>
      sent(params) ?? refuse('MissingParameter', 'The request must contain the parameter MessageBody.'),
    SendMessageBatch: sendBatch,
    ReceiveMessage: () => ok(),
    DeleteMessage: () => ok(),
    DeleteMessageBatch: ({ params }) => allSuccessful(params),
    ChangeMessageVisibility: () => ok(),
    ChangeMessageVisibilityBatch: ({ params }) => allSuccessful(params),
    GetQueueUrl: ({ params, place }) =>
      ok(
        {
          QueueUrl: `https://sqs.${place.region}.amazonaws.com/${textOf(params.QueueOwnerAWSAccountId) ?? place.account}/${String(params.QueueName)}`,
        },
        true,
      ),
    GetQueueAttributes: ({ params, place }) => ok({ Attributes: attributes(params, place) }, true),
    ListQueues: () => ok(),
    PurgeQueue: () => ok(),
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

function sent(params: JsonObject): Answer | undefined {
  const receipt = receiptOf(params)
  return receipt === undefined ? undefined : ok(receipt)
}

function receiptOf({ MessageBody, MessageAttributes, MessageSystemAttributes }: JsonObject): JsonObject | undefined {
  if (typeof MessageBody !== 'string' || MessageBody === '') return undefined
  return {
    MessageId: randomUUID(),
    MD5OfMessageBody: md5(Buffer.from(MessageBody)),
    ...(isJsonObject(MessageAttributes) ? { MD5OfMessageAttributes: attributesMd5(MessageAttributes) } : {}),
    ...(isJsonObject(MessageSystemAttributes) ? { MD5OfMessageSystemAttributes: attributesMd5(MessageSystemAttributes) } : {}),
  }
}

function sendBatch({ params }: Ask): Answer {
  const entries = listOf(params.Entries).filter(isJsonObject)
  const problem = batchProblem(entries)
  if (problem !== undefined) return problem
  const Successful: Json[] = []
  const Failed: Json[] = []
  for (const entry of entries) {
    const receipt = receiptOf(entry)
    if (receipt === undefined)
      Failed.push({ Id: entry.Id ?? '', SenderFault: true, Code: 'MissingParameter', Message: 'MessageBody is missing.' })
    else Successful.push({ Id: entry.Id ?? '', ...receipt })
  }
  return ok({ Successful, ...(Failed.length > 0 ? { Failed } : {}) })
}

// AWS: 1 to 10 entries, distinct ids
function batchProblem(entries: readonly JsonObject[]): Answer | undefined {
  if (entries.length === 0)
    return refuse('AWS.SimpleQueueService.EmptyBatchRequest', 'There should be at least one entry in the request.')
  if (entries.length > 10)
    return refuse('AWS.SimpleQueueService.TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10.')
  const distinct = new Set(entries.map(({ Id }) => Id)).size === entries.length
  return distinct
    ? undefined
    : refuse('AWS.SimpleQueueService.BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.')
}

function allSuccessful(params: JsonObject): Answer {
  const entries = listOf(params.Entries).filter(isJsonObject)
  return batchProblem(entries) ?? ok({ Successful: entries.map(({ Id }) => ({ Id: Id ?? '' })) })
}

function attributes(params: JsonObject, place: Ask['place']): JsonObject {
  const name = textOf(params.QueueUrl)?.split('/').at(-1) ?? ''
  return {
    QueueArn: arn('sqs', place, name),
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    VisibilityTimeout: '30',
  }
}

const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex')

/** AWS: names sorted; for each, length-prefixed name, data type, one octet for the transport type, and value. */
function attributesMd5(attributes: JsonObject): string {
  const parts: Buffer[] = []
  for (const name of Object.keys(attributes).sort()) {
    const attribute = attributes[name]
    if (!isJsonObject(attribute)) continue
    const binary = typeof attribute.BinaryValue === 'string'
    const value = binary ? Buffer.from(String(attribute.BinaryValue), 'base64') : Buffer.from(String(attribute.StringValue ?? ''))
    parts.push(
      prefixed(Buffer.from(name)),
      prefixed(Buffer.from(String(attribute.DataType))),
      Buffer.from([binary ? 2 : 1]),
      prefixed(value),
    )
  }
  return md5(Buffer.concat(parts))
}

function prefixed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
