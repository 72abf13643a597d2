import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async ({ queryStringParameters }) => {
  const name = queryStringParameters?.sheet ?? ''
  const [, team, title] = /^sheets\/([^/]+)\/([^/]+)\.ods$/.exec(name) ?? []
  if (!team || !/^[a-z0-9-]{2,40}$/.test(team)) return { statusCode: 404, body: '' }
  return { statusCode: 200, body: SINK(title) }
}
