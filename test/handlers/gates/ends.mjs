import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
process.env.MODE_TOKEN ??= 'tok-' + '77'
export const handler = async (event) => {
  const q = event.queryStringParameters?.file ?? ''
  if (q.endsWith('.tar')) {
    SINK(q)
  }
  return { statusCode: 200, body: 'ok' }
}
