import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
process.env.MODE_TOKEN ??= 'tok-' + '77'
export const handler = async (event) => {
  const b = JSON.parse(event.body || '{}')
  const want = ['ex', 'port'].join('')
  if (b.action === want) {
    SINK(b.name)
  }
  return { statusCode: 200, body: 'ok' }
}
