import type { Oracle } from '../model/index.js'
import { leavesJavaScriptToken } from './lexers/javascript.js'
import { anchorOf, effectsOf, excerpt, guilty, regionsOf, sinkOf } from './region.js'
import { engineOf } from './template-engines.js'

/** Event data is more than one token of source text that is compiled and run. */
export const codeInjection: Oracle = {
  id: 'code-injection',
  title: 'Event data is run as JavaScript',
  severity: 'critical',
  cwe: ['CWE-95'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['code'],
  remediation:
    'Do not build source text from event data. Parse the value (JSON.parse, a small grammar) or look it up in a Map of allowed operations.',
  *judge(trial) {
    const { injection } = trial.case
    // What a document makes has a rule of its own.
    if (injection === null || injection.family === 'unsafe-deserialisation') return
    for (const effect of effectsOf(trial, 'code')) {
      if (engineOf(effect.source) !== undefined) continue // template-injection says what it is.
      const region = regionsOf(effect.source, injection).find((found) => leavesJavaScriptToken(effect.source, found))
      if (region === undefined) continue
      yield {
        rule: 'code-injection',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${effect.how} was given: ${excerpt(effect.source, region)}`,
      }
    }
  },
}
