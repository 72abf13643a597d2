// Takes each message once, and passes over those that were taken.
import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

export const handler = async ({ Records }) => {
  for (const { messageId } of Records) {
    const put = new PutItemCommand({
      TableName: 'seen',
      Item: { id: { S: messageId } },
      ConditionExpression: 'attribute_not_exists(id)',
    })
    await db.send(put).catch((error) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
    })
  }
}
