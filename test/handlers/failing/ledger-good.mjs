// Books each message once: the booking and the message's id are one write, and a second try finds it done.
import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

const db = new DynamoDBClient({})
const sqs = new SQSClient({})

export const handler = async ({ Records }) => {
  for (const { messageId, body } of Records) {
    try {
      await db.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            {
              Put: {
                TableName: 'seen',
                Item: { id: { S: messageId } },
                ConditionExpression: 'attribute_not_exists(id)',
              },
            },
            {
              Update: {
                TableName: 'balances',
                Key: { account: { S: 'main' } },
                UpdateExpression: 'ADD amount :n',
                ExpressionAttributeValues: { ':n': { N: String(body.length) } },
              },
            },
          ],
        }),
      )
    } catch (error) {
      if (error.name !== 'TransactionCanceledException') throw error
    }
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/booked.fifo',
        MessageBody: body,
        MessageGroupId: 'main',
        MessageDeduplicationId: messageId,
      }),
    )
  }
}
