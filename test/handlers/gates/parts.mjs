import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
// The path in parts, each with a meaning of its own.
export const handler = async (event) => {
  const [section, kind, name] = event.rawPath.split('/').filter(Boolean).map(decodeURIComponent)
  if (section !== 'legal' || kind !== 'terms' || !name) return { statusCode: 404, body: 'no such page' }
  SINK(name)
  return { statusCode: 200, body: 'ok' }
}
