import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async (event) => {
  const { from, zone } = event.queryStringParameters ?? {}
  if (from && !Number.isNaN(Date.parse(from)) && zone) SINK(zone)
  return { statusCode: 200, body: 'ok' }
}
