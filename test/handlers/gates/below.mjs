import { execSync } from 'node:child_process'

const LANGUAGES = new Set(['en', 'de', 'fr'])
const SINK = (x) => execSync('echo ' + x)
export const handler = async ({ rawPath }) => {
  if (!rawPath.startsWith('/docs/')) return { statusCode: 404, body: '' }
  const [language, ...rest] = rawPath.slice('/docs/'.length).split('/')
  if (!LANGUAGES.has(language)) return { statusCode: 400, body: '' }
  if (rest.length > 0) SINK(rest.join('/'))
  return { statusCode: 200, body: 'ok' }
}
