import { timingSafeEqual } from 'node:crypto'
import { DeleteItemCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})
const TableName = process.env.MEMBERS ?? 'members'
const ADMIN_KEY = process.env.ADMIN_KEY ?? ''

const reply = (statusCode, body) => ({ statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** What both formats say, once and for all that follows. */
function requestOf(event) {
  const headers = new Headers()
  for (const [name, value] of Object.entries(event.headers ?? {})) {
    try {
      headers.set(name, value)
    } catch {
      // No header that a client of ours would send.
    }
  }
  const { http } = event.requestContext ?? {}
  return { method: http?.method ?? event.httpMethod, path: event.rawPath ?? event.path ?? '/', headers }
}

function isAdmin(headers) {
  const [given, own] = [headers.get('x-admin-key') ?? '', ADMIN_KEY].map((text) => Buffer.from(text))
  return own.length > 0 && given.length === own.length && timingSafeEqual(given, own)
}

export const handler = async (event) => {
  const { method, path, headers } = requestOf(event)
  if (method === 'DELETE' && !isAdmin(headers)) return reply(403, { error: 'administrators only' })
  const [, collection, id, ...rest] = path.split('/')
  if (collection !== 'members' || !/^[\w-]{1,64}$/.test(id ?? '') || rest.length > 0) return reply(404, { error: 'no such page' })
  const Key = { id: { S: id } }
  switch (method) {
    case 'GET': {
      const { Item } = await db.send(new GetItemCommand({ TableName, Key, ProjectionExpression: 'id, since' }))
      return reply(200, { id, since: Item?.since?.S ?? null })
    }
    case 'DELETE':
      await db.send(new DeleteItemCommand({ TableName, Key }))
      return reply(200, { removed: id })
    default:
      return reply(405, { error: 'GET or DELETE' })
  }
}
