import type { Oracle } from '../model/index.js'
import { leavesRegExpText } from './lexers/regexp.js'
import { anchorOf, effectsOf, excerpt, guilty, regionsOf, sinkOf } from './region.js'

/** Event data is the pattern of a regular expression, operators included. */
export const regexpInjection: Oracle = {
  id: 'regexp-injection',
  title: 'Event data is compiled as a regular expression',
  severity: 'medium',
  cwe: ['CWE-1333', 'CWE-625'],
  owasp: ['S8'],
  proof: 'injection',
  sinks: ['regexp'],
  remediation:
    'Use includes() or startsWith(), or escape the value: value.replace(/[.*+?^${}()|[\\]\\\\]/g, "\\\\$&"). A pattern of the sender’s can keep the function busy until its timeout.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    for (const effect of effectsOf(trial, 'regexp')) {
      const region = regionsOf(effect.source, injection).find((found) => leavesRegExpText(effect.source, found))
      if (region === undefined) continue
      yield {
        rule: 'regexp-injection',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `RegExp was given: ${excerpt(effect.source, region)}`,
      }
    }
  },
}
