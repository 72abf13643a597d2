import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async (event) => {
  const { count, silent, file } = JSON.parse(event.body || '{}')
  if (typeof count !== 'number') return { statusCode: 400, body: 'count' }
  if (silent !== undefined && typeof silent !== 'boolean') return { statusCode: 400, body: 'silent' }
  if (typeof file !== 'object' || typeof file.name !== 'string') return { statusCode: 400, body: 'file' }
  SINK(file.name)
  return { statusCode: 200, body: 'ok' }
}
