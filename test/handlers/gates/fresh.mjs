import { execSync } from 'node:child_process'
import crypto from 'node:crypto'

const SINK = (x) => execSync('echo ' + x)
const key = crypto.createSecretKey(Buffer.from('c2hhcmVkLWtleQ', 'base64'))

/** `v0:<seconds>:<body>`, not older than five minutes. */
function refusal({ headers, body }) {
  const seconds = Number(headers['x-request-timestamp'])
  if (!Number.isFinite(seconds) || Math.abs(Date.now() / 1000 - seconds) > 300) return 'stale'
  const mac = crypto.createHmac('sha256', key).update('v0:').update(`${seconds}:${body}`).digest('base64')
  return mac === headers['x-request-signature'] ? undefined : 'signature'
}

export const handler = async (event) => {
  const reason = refusal(event)
  if (reason !== undefined) return { statusCode: 403, body: reason }
  const form = new URLSearchParams(Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString())
  if (form.get('command') !== '/deploy') return { statusCode: 200, body: 'usage: /deploy <target>' }
  return { statusCode: 200, body: String(SINK(form.get('text') ?? '')) }
}
