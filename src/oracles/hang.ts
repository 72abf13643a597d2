import type { Oracle } from '../model/index.js'
import { lastObservation } from './thrown.js'

/** An event keeps the function busy, or waiting, until its time is up; an ordinary event does not. */
export const hang: Oracle = {
  id: 'hang',
  title: 'An event keeps the function running until its timeout',
  severity: 'medium',
  cwe: ['CWE-835'],
  owasp: ['S8'],
  proof: 'robustness',
  sinks: [],
  remediation: 'Bound every loop and expression that event data controls, and give every wait a timeout of its own.',
  *judge(trial) {
    const outcome = lastObservation(trial)?.outcome
    if (outcome?.kind !== 'timed-out') return
    const how = outcome.spinning ? 'spins' : 'waits'
    yield {
      rule: 'hang',
      canary: null,
      sink: null,
      anchor: `hang:${how}`,
      evidence: `The function ${how}: it had not answered after ${outcome.afterMs} ms${outcome.spinning ? ' and its event loop was blocked' : ''}`,
    }
  },
}
