import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { tables } from './lib/tables.mjs'

const KEYS = path.join(import.meta.dirname, '..', 'keys')

/** `Bearer <tenant>:<expires>:<signature>`: each partner shop has a key of its own. */
const parseToken = (token) => {
  const [tenant = '', expires = '', signature = ''] = String(token ?? '')
    .replace(/^Bearer /i, '')
    .split(':')
  return { tenant, expires, signature }
}

const keyOf = async (tenant) => {
  try {
    return await readFile(path.join(KEYS, `${tenant}.txt`), 'utf8')
  } catch {
    return null
  }
}

const isSigned = ({ tenant, expires, signature }, key) => {
  const expected = createHmac('sha256', key).update(`${tenant}:${expires}`).digest()
  const given = Buffer.from(signature, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const isActive = async (tenant) => {
  const { Item: account } = await tables.send(new GetCommand({ TableName: process.env.TENANTS_TABLE, Key: { tenant } }))
  return account?.active === true
}

/** Everything on this stage: API Gateway keeps the answer for the next requests with this token. */
const allow = (tenant, methodArn) => ({
  principalId: tenant,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${methodArn.split('/').slice(0, 2).join('/')}/*` }],
  },
})

export const handler = async (event) => {
  const token = parseToken(event.authorizationToken)
  const key = token.tenant === '' ? null : await keyOf(token.tenant)
  if (key === null || !isSigned(token, key)) throw new Error('Unauthorized')
  if (!(Number(token.expires) * 1000 > Date.now())) throw new Error('Unauthorized')
  if (!(await isActive(token.tenant))) throw new Error('Unauthorized')
  return allow(token.tenant, event.methodArn)
}
