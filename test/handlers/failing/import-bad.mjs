// Writes all records of a batch, once.
import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

export const handler = async ({ Records }) => {
  const puts = Records.map(({ messageId, body }) => ({ PutRequest: { Item: { id: { S: messageId }, body: { S: body } } } }))
  await db.send(new BatchWriteItemCommand({ RequestItems: { imports: puts } }))
  return { batchItemFailures: [] }
}
