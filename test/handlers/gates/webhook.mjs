import { execSync } from 'node:child_process'
import { createHmac, timingSafeEqual } from 'node:crypto'

const SECRET = process.env.WEBHOOK_SECRET ?? 'whs-for-development'
const SINK = (x) => execSync('echo ' + x)

function isGenuine({ headers, body }) {
  const given = Buffer.from(headers['x-hub-signature-256'] ?? '')
  const wanted = Buffer.from(
    `sha256=${createHmac('sha256', SECRET)
      .update(body ?? '')
      .digest('hex')}`,
  )
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

export const handler = async (event) => {
  if (!isGenuine(event)) return { statusCode: 401, body: 'signature' }
  if (event.headers['x-github-event'] !== 'push') return { statusCode: 204 }
  const { ref } = JSON.parse(event.body)
  if (typeof ref !== 'string') return { statusCode: 422, body: 'ref' }
  return { statusCode: 200, body: String(SINK(ref.replace('refs/heads/', ''))) }
}
