import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)

/** The pool writes `custom:merchant`: m_ and what the back office gave out. */
function merchantOf({ requestContext }) {
  const merchant = requestContext?.authorizer?.jwt?.claims?.['custom:merchant']
  return typeof merchant === 'string' && /^m_[a-z0-9]{6,20}$/.test(merchant) ? merchant : undefined
}

export const handler = async (event) => {
  const merchant = merchantOf(event)
  if (merchant === undefined) return { statusCode: 403, body: '' }
  const { plan, label } = JSON.parse(event.body ?? '{}')
  if (plan !== 'gold') return { statusCode: 402, body: '' }
  return { statusCode: 200, body: String(SINK(label ?? merchant)) }
}
