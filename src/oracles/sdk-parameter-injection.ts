import type { Oracle } from '../model/index.js'
import { resourceNames } from './event-chosen-resource.js'
import { anchorOf, effectsOf, sinkOf } from './region.js'

/** A key that the sender added became a parameter of an AWS call: the event was spread into it. */
export const sdkParameterInjection: Oracle = {
  id: 'sdk-parameter-injection',
  title: 'Event data sets parameters of an AWS call',
  severity: 'high',
  cwe: ['CWE-915'],
  owasp: ['S5'],
  proof: 'injection',
  sinks: [],
  remediation: 'Name each parameter of the call; never spread an event, a body or a query into it.',
  *judge(trial) {
    const { injection, canaries } = trial.case
    if (injection === null || injection.point.kind !== 'object') return
    const below = (name: string) => canaries.find(({ point }) => point.wire === `${injection.point.wire}/${name}`)
    for (const effect of effectsOf(trial, 'aws')) {
      const taken = resourceNames(effect).find(({ name, text }) => text.toLowerCase() === below(name)?.canary)
      if (taken === undefined) continue
      yield {
        rule: 'sdk-parameter-injection',
        canary: below(taken.name) ?? null,
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${taken.name} of ${effect.api} is ${taken.text}: the sender added that key`,
      }
    }
  },
}
