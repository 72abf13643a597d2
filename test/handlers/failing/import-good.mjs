// Writes all records of a batch until all are there.
import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

export const handler = async ({ Records }) => {
  let left = {
    imports: Records.map(({ messageId, body }) => ({ PutRequest: { Item: { id: { S: messageId }, body: { S: body } } } })),
  }
  for (let i = 0; i < 5 && Object.keys(left).length > 0; i++) {
    const { UnprocessedItems = {} } = await db.send(new BatchWriteItemCommand({ RequestItems: left }))
    left = UnprocessedItems
  }
  return {
    batchItemFailures: Object.keys(left).length > 0 ? Records.map(({ messageId }) => ({ itemIdentifier: messageId })) : [],
  }
}
