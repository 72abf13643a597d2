import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
const DEFAULTS = { label: 'none', colour: 'grey' }
export const handler = async (event) => {
  const { options } = JSON.parse(event.body || '{}')
  const chosen = { ...DEFAULTS, ...options }
  SINK(chosen.label)
  return { statusCode: 200, body: 'ok' }
}
