import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

const sqs = new SQSClient({})
const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/orders'

/** Puts an order into the queue of the warehouse. */
export const handler = async (event) => {
  const { sku, note } = JSON.parse(event.body ?? '{}')
  if (!sku) return { statusCode: 400, body: 'sku is missing' }
  await sqs.send(
    new SendMessageCommand({ QueueUrl, MessageBody: `{"sku":"${sku}","note":${JSON.stringify(note ?? '')},"paid":false}` }),
  )
  return { statusCode: 202, body: 'accepted' }
}
