import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
process.env.MODE_TOKEN ??= 'tok-' + '77'
export const handler = async (event) => {
  if (event.requestContext.http.method === 'DELETE' && event.rawPath.startsWith('/admin/')) {
    SINK(event.queryStringParameters?.q)
  }
  return { statusCode: 200, body: 'ok' }
}
