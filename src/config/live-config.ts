import path from 'node:path'
import type { LiveConfig } from '../model/index.js'
import type { LiveSettings } from './config.js'
import { durationMs } from './duration.js'

/** One at a time, and slowly, unless somebody asks for more. */
const CONCURRENCY = 1
const PER_SECOND = 5

/** The settings with their defaults; a list that is not there allows nothing. */
export const liveConfig = (live: LiveSettings, dir: string): LiveConfig => ({
  owner: live.owner,
  accounts: live.accounts ?? [],
  regions: live.regions ?? [],
  functions: live.functions ?? [],
  urls: live.urls ?? [],
  endpoints: live.endpoints ?? [],
  targets: live.targets ?? {},
  budget: {
    invocations: live.budget.invocations,
    concurrency: live.budget.concurrency ?? CONCURRENCY,
    gbSeconds: live.budget.gbSeconds,
    timeMs: durationMs(live.budget.time, 'live.budget.time of the configuration', 1),
    rate: live.budget.rate ?? PER_SECOND,
  },
  stopFile: path.resolve(dir, live.stopFile ?? 'eventfuzz.stop'),
})
