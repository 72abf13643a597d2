import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
process.env.MODE_TOKEN ??= 'tok-' + '77'
export const handler = async (event) => {
  const OK = new Set(['low', 'high', 'zebra'].map((x) => x + '!'))
  const b = JSON.parse(event.body || '{}')
  if (OK.has(b.level)) {
    SINK(b.name)
  }
  return { statusCode: 200, body: 'ok' }
}
