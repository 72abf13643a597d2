import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
const METHODS = {
  GET: () => 'list',
  DELETE: ({ id }) => SINK(id),
}
export const handler = async (event) => {
  const run = METHODS[event.requestContext.http.method]
  if (run === undefined) return { statusCode: 405, body: '' }
  run(JSON.parse(event.body || '{}'))
  return { statusCode: 200, body: 'ok' }
}
