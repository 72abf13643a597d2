import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async (event) => {
  const body = JSON.parse(event.body || '{}')
  if (body.a?.b?.c === 'deep' && body.a.d) SINK(body.a.d.e)
  return { statusCode: 200, body: 'ok' }
}
