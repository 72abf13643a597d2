import type { Oracle } from '../model/index.js'
import { answerIn, answerSink } from './answer-text.js'
import { leavesHeaderValue } from './lexers/header.js'
import { excerpt, guilty, regionsOf } from './region.js'

/** Event data ends a header's value, or a cookie's and so sets its attributes. */
export const headerInjection: Oracle = {
  id: 'header-injection',
  title: 'Event data ends a response header or a cookie',
  severity: 'medium',
  cwe: ['CWE-113'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['header', 'location'],
  remediation: 'encodeURIComponent() what goes into a cookie or a header, or refuse control characters and semicolons.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    for (const [name, value] of answerIn(trial)?.headers ?? []) {
      const region = regionsOf(value, injection).find((found) => leavesHeaderValue(name, value, found))
      if (region === undefined) continue
      const breaks = /[\r\n]/.test(value.slice(region.start, region.end))
      yield {
        rule: 'header-injection',
        canary: guilty(trial),
        sink: answerSink(`header ${name}`),
        anchor: `header:${name}`,
        evidence: `${name}: ${JSON.stringify(excerpt(value, region))}`,
        severityReason: breaks ? 'a line break begins a header of the sender’s' : 'a semicolon sets attributes of the cookie',
      }
    }
  },
}
