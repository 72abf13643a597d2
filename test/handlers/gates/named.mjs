import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
// The message has a field of the name of what it came in, and one that is a text where others are lists.
export const handler = async (event) => {
  const tags = Object.keys(event.headers ?? {}).map((name) => name.trim())
  const message = JSON.parse(event.body || '{}')
  if (message.event === 'shipped' && message.tags === 'bulk') SINK(message.name)
  return { statusCode: 200, body: String(tags.length) }
}
