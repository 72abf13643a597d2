import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
process.env.MODE_TOKEN ??= 'tok-' + '77'
export const handler = async (event) => {
  const b = JSON.parse(event.body || '{}')
  if (/^ORD-[0-9]{4}-[A-Z]{2}$/.test(b.id)) {
    SINK(b.name)
  }
  return { statusCode: 200, body: 'ok' }
}
