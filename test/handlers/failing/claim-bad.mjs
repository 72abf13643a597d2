// Takes each message once, as long as nobody else does.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

export const handler = async ({ Records }) => {
  for (const { messageId } of Records)
    await db.send(
      new PutItemCommand({ TableName: 'seen', Item: { id: { S: messageId } }, ConditionExpression: 'attribute_not_exists(id)' }),
    )
}
