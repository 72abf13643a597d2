import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

const sqs = new SQSClient({})
const db = new DynamoDBClient({})

/** https://sqs.<region>.amazonaws.com/<account>/<name> */
function urlOf(arn) {
  const [, , , region, account, name] = arn.split(':')
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`
}

/** Orders without a shop wait a minute for it. */
export const handler = async (event) => {
  for (const record of event.Records) {
    const order = read(record.body)
    if (order.shop) {
      await db.send(
        new PutItemCommand({ TableName: 'orders', Item: { id: { S: record.messageId }, shop: { S: String(order.shop) } } }),
      )
    } else {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: urlOf(record.eventSourceARN),
          DelaySeconds: 60,
          MessageBody: JSON.stringify({ ...order, waited: (order.waited ?? 0) + 1 }),
        }),
      )
    }
  }
}

function read(text) {
  try {
    return Object(JSON.parse(text))
  } catch {
    return { text }
  }
}
