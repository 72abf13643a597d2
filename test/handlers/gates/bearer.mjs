import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async (event) => {
  const [scheme, token] = (event.headers?.authorization ?? '').split(' ')
  if (scheme === 'Bearer' && token?.startsWith('svc_')) SINK(token)
  return { statusCode: 200, body: 'ok' }
}
