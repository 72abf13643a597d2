import { execSync } from 'node:child_process'

const KINDS = new Set(['revenue', 'payroll'])
const PERIOD = /^20\d{2}-(?:0[1-9]|1[0-2])$/
const SINK = (x) => execSync('echo ' + x)
export const handler = async ({ rawPath, queryStringParameters }) => {
  const [, kind, period] = /^\/reports\/([a-z]+)\/([\d-]+)$/.exec(rawPath) ?? []
  if (!KINDS.has(kind) || !PERIOD.test(period)) return { statusCode: 404, body: '' }
  return { statusCode: 200, body: SINK(queryStringParameters?.columns ?? 'all') }
}
