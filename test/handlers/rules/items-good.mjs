import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}))

/** Creates an item. */
export const handler = async (event) => {
  let body = {}
  try {
    body = JSON.parse(event.body ?? '{}') ?? {}
  } catch {}
  const { title, labels } = body
  if (typeof title !== 'string') return { statusCode: 400, body: 'title is missing' }
  const id = crypto.randomUUID()
  await db.send(new PutCommand({ TableName: 'items', Item: { id, owner: 'me', title, extra: JSON.stringify({ labels }) } }))
  return { statusCode: 201, body: JSON.stringify({ id }) }
}
