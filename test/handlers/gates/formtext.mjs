import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async (event) => {
  const fields = new URLSearchParams(event.body ?? '')
  if (fields.get('verb') === 'move') SINK(fields.get('to'))
  return { statusCode: 200, body: 'ok' }
}
