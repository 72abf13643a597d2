import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
process.env.MODE_TOKEN ??= 'tok-' + '77'
export const handler = async (event) => {
  const b = JSON.parse(Buffer.from(event.queryStringParameters?.state ?? 'e30=', 'base64').toString())
  if (b.go === 'yes') {
    SINK(b.to)
  }
  return { statusCode: 200, body: 'ok' }
}
