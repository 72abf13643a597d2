import { DeleteItemCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})
const TableName = process.env.MEMBERS ?? 'members'
const ADMINS = ['ops', 'support']

const reply = (statusCode, body) => ({ statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** The proxy in front of the APIs knows its users. */
const userOf = (headers) => headers?.['X-Company-User'] ?? headers?.['x-company-user']

/** Behind a REST API since 2019, and behind a function URL since the partners asked for one. */
export const handler = async (event) => {
  const method = event.requestContext?.http?.method ?? event.httpMethod
  const path = event.rawPath ?? event.path ?? '/'

  if (event.httpMethod === 'DELETE' && !ADMINS.includes(userOf(event.headers))) {
    return reply(403, { error: 'administrators only' })
  }

  const found = /^\/members\/([\w-]{1,64})$/.exec(path)
  if (!found) return reply(404, { error: 'no such page' })
  const Key = { id: { S: found[1] } }
  if (method === 'GET') {
    const { Item } = await db.send(new GetItemCommand({ TableName, Key, ProjectionExpression: 'id, since' }))
    return reply(200, { id: found[1], since: Item?.since?.S ?? null })
  }
  if (method === 'DELETE') {
    await db.send(new DeleteItemCommand({ TableName, Key }))
    return reply(200, { removed: found[1] })
  }
  return reply(405, { error: 'GET or DELETE' })
}
