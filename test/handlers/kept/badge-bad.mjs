import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = process.env.TABLE ?? 'badges'
const page = (body) => ({ statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body })

export async function handler(event) {
  const { badgeId } = event.pathParameters ?? {}
  if (event.requestContext.http.method === 'PUT') {
    const { holder } = JSON.parse(event.body ?? '{}')
    if (typeof holder !== 'string') return { statusCode: 400, body: 'holder is required' }
    await db.send(new PutCommand({ TableName, Item: { pk: `BADGE#${badgeId}`, line: `Holder:${holder}`, v: 3 } }))
    return { statusCode: 204 }
  }
  const { Item } = await db.send(new GetCommand({ TableName, Key: { pk: `BADGE#${badgeId}` } }))
  // Only what this service wrote itself in its present form.
  if (Item?.v !== 3 || !Item.line.startsWith('Holder:')) return { statusCode: 404, body: 'no such badge' }
  return page(`<h1>${Item.line.slice(7)}</h1>`)
}
