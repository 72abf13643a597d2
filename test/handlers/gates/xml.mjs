import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)

export const handler = async ({ headers, body, requestContext }) => {
  if (requestContext.http.method !== 'POST') return { statusCode: 405 }
  const type = (headers['content-type'] ?? '').split(';')[0].trim()
  if (type !== 'text/xml' && type !== 'application/xml') return { statusCode: 415, body: type }
  const name = (body ?? '').replaceAll(/<[^>]*>/g, '').trim()
  if (name === '' || name.length > 500) return { statusCode: 400, body: 'empty' }
  return { statusCode: 200, body: String(SINK(name)) }
}
