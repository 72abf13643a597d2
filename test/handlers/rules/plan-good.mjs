import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})
const TableName = 'plans'
const kept = new Map()

async function load(key) {
  const { Item } = await db.send(new GetItemCommand({ TableName, Key: { pk: { S: key } } }))
  return Item
}

/** Reads are dear: what was read once is used for a minute. */
async function once(name, read) {
  const known = kept.get(name)
  if (known && known.until > Date.now()) return known.value
  const value = await read()
  kept.set(name, { value, until: Date.now() + 60_000 })
  return value
}

/** What a customer has booked, and the prices that hold for all. */
export const handler = async ({ requestContext, queryStringParameters }) => {
  const customer = requestContext.authorizer?.lambda?.customerId
  if (typeof customer !== 'string') return { statusCode: 401, body: '' }
  const year = queryStringParameters?.year ?? '2026'
  const prices = await once('prices', () => load('PRICES'))
  const plan = await once(`plan ${customer} ${year}`, () => load(`PLAN#${customer}#${year}`))
  if (!plan) return { statusCode: 404, body: '' }
  return { statusCode: 200, body: JSON.stringify({ title: plan.title?.S, price: prices?.[plan.title?.S]?.N }) }
}
