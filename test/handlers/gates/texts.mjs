import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async (event) => {
  const { version, tags } = JSON.parse(event.body || '{}')
  if (version !== 3 || !Array.isArray(tags) || !tags.every((tag) => typeof tag === 'string')) return { statusCode: 400, body: '' }
  SINK(tags.join(' '))
  return { statusCode: 200, body: 'ok' }
}
