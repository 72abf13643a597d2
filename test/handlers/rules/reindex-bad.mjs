import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

const textOf = ({ title, brand }) => [title?.S, brand?.S].filter((text) => text !== undefined).join(' ')

/** Keeps the text that products are searched by up to date. */
export const handler = async ({ Records }) => {
  for (const { eventName, eventSourceARN, dynamodb } of Records) {
    if (eventName === 'REMOVE' || !dynamodb.NewImage) continue
    try {
      await db.send(
        new UpdateItemCommand({
          TableName: eventSourceARN.split('/')[1],
          Key: dynamodb.Keys,
          UpdateExpression: 'SET searchText = :t, indexedAt = :now',
          ConditionExpression: 'attribute_exists(title)',
          ExpressionAttributeValues: { ':t': { S: textOf(dynamodb.NewImage) }, ':now': { S: new Date().toISOString() } },
        }),
      )
    } catch (error) {
      if (error.name !== 'ConditionalCheckFailedException') throw error
    }
  }
}
