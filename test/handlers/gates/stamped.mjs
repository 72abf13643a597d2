import { execSync } from 'node:child_process'
import { createHmac } from 'node:crypto'

const SINK = (x) => execSync('echo ' + x)
const SECRET = process.env.STRIPE_SIGNING_SECRET ?? 'whsec_development'
const TOLERANCE_SECONDS = 300

function eventOf(body, header) {
  const fields = new Map(header.split(',').map((field) => field.split('=', 2)))
  const age = Date.now() / 1000 - Number(fields.get('t'))
  if (!(age < TOLERANCE_SECONDS)) throw new Error('The header is too old')
  const own = createHmac('sha256', SECRET)
    .update(`${fields.get('t')}.${body}`)
    .digest('hex')
  if (fields.get('v1') !== own) throw new Error('The signature does not match')
  return JSON.parse(body)
}

export const handler = async ({ headers, body }) => {
  let event
  try {
    event = eventOf(body, headers['stripe-signature'] ?? '')
  } catch (error) {
    return { statusCode: 400, body: error.message }
  }
  if (event.type !== 'invoice.paid') return { statusCode: 204 }
  return { statusCode: 200, body: String(SINK(event.data?.object?.number ?? '')) }
}
