import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError, type Json } from '../model/index.js'
import type { Ask } from './live-iam.js'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5_000
// AWS: usually some seconds.
const MOST_WAITS = 30

/** Has AWS report what a role used and when, action by action, and reads all pages of it: as iam:GetServiceLastAccessedDetails answers. */
export async function lastAccessed(ask: Ask, arn: string): Promise<Json> {
  const { JobId } = await ask('GenerateServiceLastAccessedDetails', { Arn: arn, Granularity: 'ACTION_LEVEL' })
  const services: Json[] = []
  let marker: Json | undefined
  let waits = 0
  for (;;) {
    const page = await ask('GetServiceLastAccessedDetails', marker === undefined ? { JobId } : { JobId, Marker: marker })
    if (page.JobStatus === 'FAILED') throw new ConfigError('AWS could not report what the role used last: try again later')
    if (page.JobStatus !== 'COMPLETED') {
      if (++waits > MOST_WAITS) throw new ConfigError('AWS has not reported what the role used last in time: try again later')
      await sleep(Math.min(FIRST_WAIT_MS * 2 ** waits, LONGEST_WAIT_MS))
      continue
    }
    if (Array.isArray(page.ServicesLastAccessed)) services.push(...(page.ServicesLastAccessed as readonly Json[]))
    if (page.IsTruncated !== true) return { ServicesLastAccessed: services }
    marker = page.Marker
  }
}
