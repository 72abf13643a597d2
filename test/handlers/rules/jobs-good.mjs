import { DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})
const OFFICE = new Set(['203.0.113.10', '203.0.113.11'])

const close = new UpdateItemCommand({
  TableName: 'ledger',
  Key: { id: { S: 'current' } },
  UpdateExpression: 'SET closed = :yes',
  ExpressionAttributeValues: { ':yes': { BOOL: true } },
})

export async function handler(event) {
  // A request has a context of its own; nobody can take that out of it.
  if (event.requestContext === undefined && event.source === 'aws.events') return db.send(close)

  const addresses = (event.headers?.['x-forwarded-for'] ?? '').split(',').map((one) => one.trim())
  const client = event.requestContext?.http?.sourceIp ?? addresses.at(-1)
  if (!OFFICE.has(client) || addresses.at(-1) !== client) {
    console.info('refused', JSON.stringify({ client, path: event.rawPath }))
    return { statusCode: 403, body: 'from the office only' }
  }
  const { Count = 0 } = await db.send(new ScanCommand({ TableName: 'ledger', Select: 'COUNT' }))
  return { statusCode: 200, body: JSON.stringify({ entries: Count }) }
}
