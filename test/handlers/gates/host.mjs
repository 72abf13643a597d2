import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async (event) => {
  const { page, name } = JSON.parse(event.body || '{}')
  if (!URL.canParse(page) || !new URL(page).hostname.endsWith('.wiki.example')) return { statusCode: 400, body: 'page' }
  SINK(name)
  return { statusCode: 200, body: 'ok' }
}
