// Polls a queue by itself, and keeps each message under the name that it asks for.
import { readFile } from 'node:fs/promises'
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

const sqs = new SQSClient({})
const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/templates'

export const handler = async () => {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
  let found = 0
  for (const { Body, ReceiptHandle } of Messages) {
    const text = await readFile(`/tmp/templates/${Body}`, 'utf8').catch(() => undefined)
    if (text !== undefined) found++
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
  }
  return { statusCode: 200, body: String(found) }
}
