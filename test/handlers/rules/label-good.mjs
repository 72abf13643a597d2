import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({ region: process.env.AWS_REGION })
const MOST = 25

export async function handler({ body }) {
  let wanted
  try {
    wanted = JSON.parse(body)
  } catch {
    return { statusCode: 415, body: 'send JSON' }
  }
  const parcel = String(wanted?.parcel ?? '').slice(0, 64)
  const count = Number(wanted?.count)
  if (!parcel || !(count >= 1)) return { statusCode: 400, body: 'parcel and count are required' }
  const requests = Array.from({ length: Math.min(Math.trunc(count), MOST) }, (_, i) => ({
    PutRequest: { Item: { id: { S: `${i}` }, parcel: { S: parcel } } },
  }))
  const { UnprocessedItems = {} } = await client.send(new BatchWriteItemCommand({ RequestItems: { labels: requests } }))
  if (Object.keys(UnprocessedItems).length > 0) return { statusCode: 503, body: JSON.stringify({ reserved: 0 }) }
  return { statusCode: 201, body: JSON.stringify({ reserved: requests.length }) }
}
