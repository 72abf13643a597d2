import type { Oracle } from '../model/index.js'
import { leavesSqlToken } from './lexers/sql.js'
import { anchorOf, excerpt, guilty, regionsOf, sinkOf } from './region.js'
import { sqlTexts } from './statement-texts.js'

/** Event data is more than one literal of the statement text. Bound parameters are not part of the text. */
export const sqlInjection: Oracle = {
  id: 'sql-injection',
  title: 'Event data changes an SQL statement',
  severity: 'critical',
  cwe: ['CWE-89'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['sql', 'statement'],
  remediation: 'Bind the value as a parameter. What cannot be bound (a column, a direction) is chosen from an allow-list.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    for (const { effect, name, text, dialect } of sqlTexts(trial)) {
      const region = regionsOf(text, injection).find((found) => leavesSqlToken(text, found, dialect))
      if (region === undefined) continue
      yield {
        rule: 'sql-injection',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${name} of ${effect.api}: ${excerpt(text, region)}`,
      }
    }
  },
}
