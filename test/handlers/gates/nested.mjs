import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
process.env.MODE_TOKEN ??= 'tok-' + '77'
export const handler = async (event) => {
  const b = JSON.parse(event.body || '{}')
  const p = JSON.parse(b.payload || '{}')
  if (p.type === 'run') {
    SINK(p.cmd)
  }
  return { statusCode: 200, body: 'ok' }
}
