import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async (event) => {
  const { orders = [] } = JSON.parse(event.body || '{}')
  if (orders.length > 1) for (const order of orders) if (order.state === 'held') SINK(order.reason)
  return { statusCode: 200, body: 'ok' }
}
