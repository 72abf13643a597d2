import { createHmac, timingSafeEqual } from 'node:crypto'

const KEY = process.env.SIGNING_KEY ?? 'test-key-of-the-handler'

/** Lets users in whose token was signed here. */
export const handler = async (event) => {
  const [header = '', claims = '', signature = ''] = (event.authorizationToken ?? '').replace(/^Bearer /, '').split('.')
  const expected = createHmac('sha256', KEY).update(`${header}.${claims}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return policy('anonymous', 'Deny', event.methodArn)
  const user = JSON.parse(Buffer.from(claims, 'base64url').toString())
  return policy(String(user.sub), 'Allow', event.methodArn)
}

const policy = (principalId, Effect, Resource) => ({
  principalId,
  policyDocument: { Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }] },
})
