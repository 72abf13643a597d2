import type { Oracle } from '../model/index.js'
import { leavesLogLine } from './lexers/log.js'
import { excerpt, guilty, regionsOf } from './region.js'
import { lastObservation } from './thrown.js'

/** Event data begins an entry of its own in the log. console.log cannot do that: Lambda keeps its text in one entry. */
export const logInjection: Oracle = {
  id: 'log-injection',
  title: 'Event data forges log entries',
  severity: 'low',
  cwe: ['CWE-117'],
  owasp: ['S10'],
  proof: 'injection',
  sinks: ['log'],
  experimental: true,
  remediation: 'Write logs as JSON (JSON.stringify escapes line feeds) or through console, which keeps a message in one entry.',
  *judge(trial) {
    const { injection } = trial.case
    const log = lastObservation(trial)?.log ?? ''
    if (injection === null) return
    const region = regionsOf(log, injection).find((found) => leavesLogLine(log, found))
    if (region === undefined) return
    yield {
      rule: 'log-injection',
      canary: guilty(trial),
      sink: { kind: 'log', api: 'log', location: null, frames: [] },
      anchor: 'log',
      evidence: `The log holds: ${JSON.stringify(excerpt(log, region))}`,
    }
  },
}
