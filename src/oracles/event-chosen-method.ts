import type { Oracle } from '../model/index.js'
import { effectsOf, sinkOf } from './region.js'

/** A method that every object inherits is called because the event names it. */
export const eventChosenMethod: Oracle = {
  id: 'event-chosen-method',
  title: 'Event data names the method that is called',
  severity: 'medium',
  cwe: ['CWE-470'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: [],
  remediation:
    'Look functions up in a Map, or ask Object.hasOwn(table, name) first; for methods of a class, list the names that may be called.',
  *judge(trial) {
    // The name is the whole value: there is no room for a marker, and the name itself is one.
    const { placed } = trial.case.draft
    if (placed === null) return
    for (const effect of effectsOf(trial, 'method')) {
      if (effect.location === null) continue
      yield {
        rule: 'event-chosen-method',
        canary: { canary: effect.name, point: placed.point },
        sink: sinkOf(effect),
        anchor: 'method',
        evidence:
          effect.of === 'class'
            ? `${effect.name} was called on an instance: the event can name any method of its class, also those that no request was meant to reach`
            : `${effect.name} was called, which the table only inherits: names such as constructor pass for entries of it`,
        ...(effect.of === 'class' ? { severity: 'high', severityReason: 'every method of the class can be called' } : {}),
      }
    }
  },
}
