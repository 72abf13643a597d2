import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Imports a repository that the client names. */
export const handler = async (event) => {
  const { repository } = JSON.parse(event.body ?? '{}')
  if (typeof repository !== 'string') return { statusCode: 400, body: 'repository is missing' }
  await run('git', ['clone', '--depth', '1', repository, '/tmp/checkout'])
  return { statusCode: 200, body: 'imported' }
}
