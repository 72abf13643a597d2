import type { Oracle } from '../model/index.js'
import { leavesSqlToken } from './lexers/sql.js'
import { anchorOf, excerpt, guilty, regionsOf, sinkOf } from './region.js'
import { dynamodbTexts } from './statement-texts.js'

/** Event data is more than one literal of a PartiQL statement; `Parameters` are not part of the text. */
export const partiqlInjection: Oracle = {
  id: 'partiql-injection',
  title: 'Event data changes a PartiQL statement',
  severity: 'high',
  cwe: ['CWE-943'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['statement'],
  remediation: 'Use `?` in the statement and pass the value in Parameters.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    for (const { effect, text } of dynamodbTexts(trial, (key) => key === 'Statement')) {
      const region = regionsOf(text, injection).find((found) => leavesSqlToken(text, found, 'partiql'))
      if (region === undefined) continue
      yield {
        rule: 'partiql-injection',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `Statement of ${effect.api}: ${excerpt(text, region)}`,
      }
    }
  },
}
