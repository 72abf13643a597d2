import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
// Some fields end it when they are there.
export const handler = async (event) => {
  const { code, state, error } = event.queryStringParameters ?? {}
  if (error) return { statusCode: 400, body: 'failed' }
  if (!code || code.length < 8) return { statusCode: 400, body: 'no code' }
  const { name } = JSON.parse(Buffer.from(state ?? '', 'base64url').toString() || '{}')
  if (name) SINK(name)
  return { statusCode: 200, body: 'ok' }
}
