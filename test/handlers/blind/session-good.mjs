import { createHmac, createVerify, timingSafeEqual } from 'node:crypto'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'

const secrets = new SecretsManagerClient({})
let signing

async function keyring() {
  signing ??= (await secrets.send(new GetSecretValueCommand({ SecretId: 'session-signing' }))).SecretString
  return signing
}

const decoded = (part) => JSON.parse(Buffer.from(part, 'base64url').toString())

function genuine({ alg = '' }, text, signature, key) {
  switch (alg.toUpperCase()) {
    case 'HS256': {
      const own = createHmac('sha256', key).update(text).digest('base64url')
      return own.length === signature.length && timingSafeEqual(Buffer.from(own), Buffer.from(signature))
    }
    case 'RS256':
      return createVerify('RSA-SHA256').update(text).verify(key, signature, 'base64url')
    default:
      return false
  }
}

const cookieOf = ({ headers = {}, cookies }) => {
  const all = cookies ?? String(headers.cookie ?? headers.Cookie ?? '').split(/;\s*/)
  return all.find((one) => one.startsWith('session='))?.slice('session='.length)
}

export async function handler(event) {
  const asked = event.methodArn ?? event.routeArn
  const policy = (Effect, principalId) => ({
    principalId,
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: asked }] },
  })
  try {
    const [head, claims, signature] = (cookieOf(event) ?? '').split('.')
    const key = await keyring()
    if (!genuine(decoded(head), `${head}.${claims}`, signature, key)) return policy('Deny', 'nobody')
    const { sub, exp } = decoded(claims)
    return exp > Date.now() / 1000 ? policy('Allow', sub) : policy('Deny', 'nobody')
  } catch {
    return policy('Deny', 'nobody')
  }
}
