import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
const verbs = new Map([
  ['cart.show', ({ id }) => ({ id })],
  ['cart.label', ({ title }) => ({ label: SINK(title) })],
])
const teamOf = (message) => {
  const team = message.actor?.claims?.['acme:team']
  if (typeof team !== 'string' || !/^[a-z0-9-]{2,40}$/.test(team)) throw new Error('no team')
  return team
}
export const handler = async (event) => {
  const message = JSON.parse(event.body || '{}')
  const verb = verbs.get(`${message.target?.kind}.${message.target?.verb}`)
  if (!verb) return { statusCode: 404, body: '' }
  try {
    return { statusCode: 200, body: JSON.stringify({ team: teamOf(message), ...verb(message.input ?? {}) }) }
  } catch {
    return { statusCode: 400, body: '' }
  }
}
