import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { textField } from './lib/queue-messages.mjs'
import { tables } from './lib/tables.mjs'

const queues = new SQSClient({})
const STATUS = new Map([
  ['paid', 'packing'],
  ['packed', 'sent'],
  ['cancelled', 'cancelled'],
])

/** Moves the order on and tells the customer about it. */
const advance = async (message) => {
  const orderId = textField(message, 'orderId')
  const status = STATUS.get(textField(message, 'type'))
  if (orderId === null || status === undefined) {
    console.warn('not a message about an order, left out')
    return
  }
  await tables.send(
    new UpdateCommand({
      TableName: process.env.ORDERS_TABLE,
      Key: { orderId },
      UpdateExpression: 'SET #status = :status, #note = :note',
      ExpressionAttributeNames: { '#status': 'status', '#note': 'workerNote' },
      ExpressionAttributeValues: { ':status': status, ':note': textField(message, 'note', 1000) ?? '' },
    }),
  )
  const email = textField(message, 'email')
  if (email === null) return
  const notification = { kind: status, orderId, email, name: textField(message, 'name') ?? 'customer' }
  await queues.send(
    new SendMessageCommand({ QueueUrl: process.env.NOTIFICATIONS_QUEUE_URL, MessageBody: JSON.stringify(notification) }),
  )
}

export const handler = async (event) => {
  const messages = event.Records.map((record) => JSON.parse(record.body))
  const batchItemFailures = []
  for (const [i, message] of messages.entries()) {
    try {
      await advance(message)
    } catch (error) {
      console.error('message failed', error)
      batchItemFailures.push({ itemIdentifier: event.Records[i].messageId })
    }
  }
  return { batchItemFailures }
}
