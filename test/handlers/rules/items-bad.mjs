import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}))

/** Creates an item. */
export const handler = async (event) => {
  const body = JSON.parse(event.body ?? '{}')
  if (!body.title) return { statusCode: 400, body: 'title is missing' }
  const id = crypto.randomUUID()
  await db.send(new PutCommand({ TableName: 'items', Item: { id, owner: 'me', ...body } }))
  return { statusCode: 201, body: JSON.stringify({ id }) }
}
