import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

const queue = new SQSClient({})
const table = new DynamoDBClient({})
const MOST_TRIES = 5

const parse = (text) => {
  try {
    const value = JSON.parse(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {}
  } catch {
    return {}
  }
}

async function later({ eventSourceARN, body, messageAttributes }) {
  const tries = Number(messageAttributes.tries?.stringValue ?? 0) + 1
  if (!(tries <= MOST_TRIES)) return console.error('given up', body)
  const [, , , region, account, name] = eventSourceARN.split(':')
  await queue.send(
    new SendMessageCommand({
      QueueUrl: new URL(`/${account}/${name}`, `https://sqs.${region}.amazonaws.com`).href,
      MessageBody: body,
      DelaySeconds: Math.min(900, 2 ** tries),
      MessageAttributes: { tries: { DataType: 'Number', StringValue: String(tries) } },
    }),
  )
}

export async function handler({ Records }) {
  for (const record of Records) {
    const { shop } = parse(record.body)
    if (typeof shop !== 'string' || shop === '') await later(record)
    else await table.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: record.messageId }, shop: { S: shop } } }))
  }
}
