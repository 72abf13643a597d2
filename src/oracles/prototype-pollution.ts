import type { InsertionPoint, Oracle, PlantedCanary, Trial } from '../model/index.js'
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
    const at = trial.case.injection?.point ?? trial.case.draft.placed?.point
    if (at === undefined) return
    for (const effect of effectsOf(trial, 'global')) {
      const canary = namedBy(trial, effect.path.toLowerCase(), at)
      if (canary === undefined) continue
      yield {
        rule: 'prototype-pollution',
        canary,
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${effect.path} was set by the event; every object of the process inherits it until the process ends`,
      }
    }
  },
}

/** The payload named the key itself; or it is `__proto__` alone, and another field of the event is the key. */
function namedBy(trial: Trial, path: string, point: InsertionPoint): PlantedCanary | null | undefined {
  const { injection, canaries } = trial.case
  if (injection !== null) return path.includes(injection.head) ? guilty(trial) : undefined
  return canaries.some(({ canary }) => path.includes(canary)) ? { canary: '__proto__', point } : undefined
}
