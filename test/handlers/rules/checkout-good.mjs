import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

const client = new SQSClient({})

/** Puts an order into the queue of the warehouse. */
export async function handler(event) {
  const order = read(event.body)
  if (typeof order?.sku !== 'string') return { statusCode: 400, body: 'sku is missing' }
  const detail = JSON.stringify({ sku: order.sku, note: String(order.note ?? ''), paid: false })
  const message = { type: 'order', detail }
  await client.send(
    new SendMessageCommand({
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/orders',
      MessageBody: JSON.stringify(message),
    }),
  )
  return { statusCode: 202, body: 'accepted' }
}

function read(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
