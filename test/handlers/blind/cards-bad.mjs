import { randomUUID } from 'node:crypto'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})
const Bucket = 'greeting-cards'

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const html = (text) => String(text).replace(/[&<>"]/g, (sign) => ENTITIES[sign])

const page = ({ to, wish }) =>
  `<!doctype html><title>A card</title><main aria-label='for ${html(to)}'><blockquote>${html(wish)}</blockquote></main>`

async function put(event) {
  let card
  try {
    card = JSON.parse(event.body)
  } catch {
    return { statusCode: 400, body: 'not JSON' }
  }
  if (typeof card?.to !== 'string' || typeof card.wish !== 'string') return { statusCode: 422, body: 'to, wish' }
  const cardId = randomUUID()
  const Body = JSON.stringify({ to: card.to.slice(0, 60), wish: card.wish.slice(0, 400) })
  await s3.send(new PutObjectCommand({ Bucket, Key: `cards/${cardId}.json`, Body, ContentType: 'application/json' }))
  return { statusCode: 201, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ card: { cardId } }) }
}

async function get({ pathParameters }) {
  const cardId = pathParameters?.cardId ?? ''
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(cardId)) return { statusCode: 404, body: 'no such card' }
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `cards/${cardId}.json` }))
    const card = JSON.parse(await Body.transformToString())
    return { statusCode: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: page(card) }
  } catch (error) {
    if (error.name === 'NoSuchKey' || error instanceof SyntaxError) return { statusCode: 404, body: 'no such card' }
    throw error
  }
}

export async function handler(event) {
  if (event.resource === '/cards' && event.httpMethod === 'POST') return put(event)
  if (event.resource === '/cards/{cardId}' && event.httpMethod === 'GET') return get(event)
  return { statusCode: 404, body: 'no such page' }
}
