import type { Oracle } from '../model/index.js'
import { anchorOf, effectsOf, guilty, sinkOf } from './region.js'

/** After the invocation Object.prototype owns a key that only the event could have named. */
export const prototypePollution: Oracle = {
  id: 'prototype-pollution',
  title: 'Event data changes Object.prototype',
  severity: 'high',
  cwe: ['CWE-1321'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['global'],
  remediation:
    'Copy named fields instead of merging, refuse the keys __proto__, constructor and prototype, or merge into Object.create(null) or a Map.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    for (const effect of effectsOf(trial, 'global')) {
      if (!effect.path.toLowerCase().includes(injection.head)) continue
      yield {
        rule: 'prototype-pollution',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${effect.path} was set by the event; every object of the process inherits it until the process ends`,
      }
    }
  },
}
