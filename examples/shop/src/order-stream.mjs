import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'

const dynamodb = new DynamoDBClient({})
const topics = new SNSClient({})
const MAX_STATUS = 64

/** Numbers stay text, as DynamoDB sends them: an amount may have more digits than a JavaScript number. */
const orderOf = (image) => ({
  orderId: image.orderId?.S,
  status: image.status?.S,
  total: image.total?.N ?? '0',
})

/** Counts orders by status and adds up what they are worth. */
const count = ({ status, total }) =>
  dynamodb.send(
    new UpdateItemCommand({
      TableName: process.env.STATISTICS_TABLE,
      Key: { name: { S: 'orders' } },
      UpdateExpression: 'ADD #counter :one, worth :total',
      ExpressionAttributeNames: { '#counter': `status:${status}` },
      ExpressionAttributeValues: { ':one': { N: '1' }, ':total': { N: total } },
    }),
  )

const announce = (order) =>
  topics.send(new PublishCommand({ TopicArn: process.env.ORDERS_TOPIC_ARN, Message: JSON.stringify(order) }))

export const handler = async (event) => {
  for (const record of event.Records) {
    const order = orderOf(record.dynamodb.NewImage)
    if (!order.orderId || !order.status || order.status.length > MAX_STATUS) continue
    switch (record.eventName) {
      case 'INSERT':
        await count(order)
        await announce(order)
        break
      case 'MODIFY':
        await announce(order)
        break
      default:
        console.warn('not announced', record.eventName)
    }
  }
}
