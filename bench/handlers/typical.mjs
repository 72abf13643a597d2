// JSON body, validation, one AWS call: what most functions do.
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

export const handler = async (event) => {
  const body = JSON.parse(event.body ?? '{}')
  if (typeof body.id !== 'string' || body.id.length > 64) return { statusCode: 400, body: '{"error":"id"}' }
  if (body.skip === true) return { statusCode: 204, body: '' }
  const { Item } = await db.send(new GetItemCommand({ TableName: 'things', Key: { id: { S: body.id } } }))
  return { statusCode: Item ? 200 : 404, body: JSON.stringify(Item ?? null) }
}
