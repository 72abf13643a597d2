import { randomUUID } from 'node:crypto'
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { HttpError, json, jsonBody, requireText, router } from './lib/http.mjs'
import { mergeOptions } from './lib/merge.mjs'
import { tables } from './lib/tables.mjs'

const ORDERS_TABLE = process.env.ORDERS_TABLE
const PRODUCTS_TABLE = process.env.PRODUCTS_TABLE
const MAX_ITEMS = 5
const EDITABLE = new Set(['note', 'address', 'phone'])
const WRAPPING = new Map([
  ['none', 0],
  ['paper', 250],
  ['box', 600],
])
const GIFT_DEFAULTS = { wrapping: { kind: 'none' }, card: { text: '' } }

const createOrder = async (event) => {
  const { customerId, items, note } = jsonBody(event)
  requireText(customerId, 'customerId')
  if (note !== undefined) requireText(note, 'note', 1000)
  if (!Array.isArray(items) || items.length === 0 || items.length > MAX_ITEMS) {
    throw new HttpError(400, `items must list 1 to ${MAX_ITEMS} products`)
  }
  const lines = []
  for (const item of items) lines.push(await orderLine(item))
  const order = {
    orderId: randomUUID(),
    customerId,
    note,
    lines,
    total: lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0),
    status: 'open',
    createdAt: new Date().toISOString(),
  }
  await tables.send(new PutCommand({ TableName: ORDERS_TABLE, Item: order }))
  return json(201, { orderId: order.orderId, total: order.total })
}

const orderLine = async (item) => {
  const sku = requireText(item?.sku, 'sku', 64)
  const quantity = item.quantity ?? 1
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > 99) throw new HttpError(400, 'quantity must be 1 to 99')
  const { Item: product } = await tables.send(new GetCommand({ TableName: PRODUCTS_TABLE, Key: { sku } }))
  if (!Number.isSafeInteger(product?.price)) throw new HttpError(400, 'There is no such product')
  return { sku, quantity, price: product.price }
}

const getOrder = async (event) => {
  const orderId = requireText(event.pathParameters?.id, 'id')
  const { Item: order } = await tables.send(new GetCommand({ TableName: ORDERS_TABLE, Key: { orderId } }))
  return order === undefined ? json(404, { error: 'There is no such order' }) : json(200, order)
}

const editOrder = async (event) => {
  const orderId = requireText(event.pathParameters?.id, 'id')
  const changes = Object.entries(jsonBody(event)).filter(([field]) => EDITABLE.has(field))
  if (changes.length === 0) throw new HttpError(400, `Nothing to change: give one of ${[...EDITABLE].join(', ')}`)
  for (const [field, value] of changes) requireText(value, field, 1000)
  await tables.send(
    new UpdateCommand({
      TableName: ORDERS_TABLE,
      Key: { orderId },
      UpdateExpression: `SET ${changes.map((_, i) => `#field${i} = :value${i}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(changes.map(([field], i) => [`#field${i}`, field])),
      ExpressionAttributeValues: Object.fromEntries(changes.map(([, value], i) => [`:value${i}`, value])),
    }),
  )
  return json(200, { orderId, changed: changes.map(([field]) => field) })
}

/** `?filter=status&value=open` narrows the list, `?since=2026-01-01` gives the newer ones. */
const listOrders = async (event) => {
  const customerId = requireText(event.pathParameters?.customerId, 'customerId')
  const { filter, value = '', since } = event.queryStringParameters ?? {}
  const query = {
    TableName: ORDERS_TABLE,
    IndexName: 'by-customer',
    KeyConditionExpression: 'customerId = :customer',
    ExpressionAttributeValues: { ':customer': customerId },
    Limit: 50,
  }
  if (since) {
    query.KeyConditionExpression = 'customerId = :customer AND createdAt >= :since'
    query.ExpressionAttributeValues[':since'] = since
  }
  if (filter) {
    query.FilterExpression = `${filter} = :value`
    query.ExpressionAttributeValues[':value'] = value
  }
  const { Items: orders = [] } = await tables.send(new QueryCommand(query))
  return json(200, { orders })
}

/** What wrapping the order as a gift will cost; nothing is stored. */
const estimate = async (event) => {
  const { kind, options } = jsonBody(event)
  if (kind !== 'gift') return json(200, { extra: 0 })
  if (typeof options !== 'object' || options === null) throw new HttpError(400, 'options must be an object')
  const gift = mergeOptions(structuredClone(GIFT_DEFAULTS), options)
  const wrapping = WRAPPING.get(gift.wrapping?.kind)
  if (wrapping === undefined) throw new HttpError(400, `wrapping.kind must be one of ${[...WRAPPING.keys()].join(', ')}`)
  const hasCard = typeof gift.card?.text === 'string' && gift.card.text !== ''
  return json(200, { extra: wrapping + (hasCard ? 150 : 0) })
}

const routes = new Map([
  ['POST /orders', createOrder],
  ['POST /orders/estimate', estimate],
  ['GET /orders/{id}', getOrder],
  ['PATCH /orders/{id}', editOrder],
  ['GET /customers/{customerId}/orders', listOrders],
])

export const handler = router(routes, (event) => event.routeKey)
