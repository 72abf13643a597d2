import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async (event) => {
  const { job } = JSON.parse(event.body || '{}')
  if (job === null || typeof job !== 'object' || Array.isArray(job)) throw new TypeError('job')
  if (job.kind !== 'print') return { statusCode: 400, body: 'kind' }
  SINK(job.file)
  return { statusCode: 200, body: 'ok' }
}
