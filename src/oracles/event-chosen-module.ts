import type { Oracle } from '../model/index.js'
import { anchorOf, effectsOf, sinkOf } from './region.js'

/** The name of the module that is loaded is the event's, from its first sign to its last. */
export const eventChosenModule: Oracle = {
  id: 'event-chosen-module',
  title: 'Event data chooses the module that is loaded',
  severity: 'high',
  cwe: ['CWE-706', 'CWE-829'],
  owasp: ['S1'],
  proof: 'contract',
  sinks: [],
  experimental: true,
  supersedes: ['path-traversal'],
  remediation: 'Look the module up in a Map of those that may be loaded.',
  *judge(trial) {
    const { injection, canaries } = trial.case
    if (injection !== null) return
    for (const effect of effectsOf(trial, 'module')) {
      const canary = canaries.find((planted) => effect.specifier.toLowerCase() === planted.canary)
      if (canary === undefined || (canary.point.control !== 'attacker' && canary.point.control !== 'producer')) continue
      yield {
        rule: 'event-chosen-module',
        canary,
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${effect.api}(${JSON.stringify(effect.specifier)}): any module of the package or of Node may be named`,
      }
    }
  },
}
