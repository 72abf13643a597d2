import { execSync } from 'node:child_process'
import { createHmac } from 'node:crypto'

const SINK = (x) => execSync('echo ' + x)
const KEY = process.env.SESSION_KEY ?? 'only-for-development'

function claimsOf(token) {
  const [header, claims, signature, ...more] = token.split('.')
  if (!signature || more.length > 0) throw new Error('not a token')
  if (JSON.parse(Buffer.from(header, 'base64url')).alg !== 'HS256') throw new Error('algorithm')
  const own = createHmac('sha256', KEY).update(`${header}.${claims}`).digest('base64url')
  if (own !== signature) throw new Error('signature')
  const { exp, ...rest } = JSON.parse(Buffer.from(claims, 'base64url'))
  if (!(exp * 1000 > Date.now())) throw new Error('expired')
  return rest
}

export const handler = async ({ headers, queryStringParameters: query }) => {
  const [scheme, token] = (headers.authorization ?? '').split(' ')
  if (scheme !== 'Bearer' || token === undefined) return { statusCode: 401, body: '' }
  try {
    const { role } = claimsOf(token)
    if (role !== 'admin') return { statusCode: 403, body: '' }
  } catch (error) {
    return { statusCode: 401, body: error.message }
  }
  return { statusCode: 200, body: String(SINK(query?.host ?? '')) }
}
