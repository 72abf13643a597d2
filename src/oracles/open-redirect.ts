import type { Oracle } from '../model/index.js'
import { answerIn, answerSink } from './answer-text.js'
import { leadsTo } from './lexers/url.js'
import { guilty } from './region.js'

/** The client is sent to a host that the payload named. A value in the path or the query of an own address is data. */
export const openRedirect: Oracle = {
  id: 'open-redirect',
  title: 'Event data chooses where a redirect leads',
  severity: 'medium',
  cwe: ['CWE-601'],
  owasp: ['S5'],
  proof: 'injection',
  sinks: ['location'],
  supersedes: ['header-injection'],
  remediation:
    'Redirect to a path of your own: parse with new URL(value, base) and compare its origin with base, or look the target up in a list.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    const answer = answerIn(trial)
    for (const [name, value] of answer?.headers ?? []) {
      if (name !== 'location' || !leadsTo(value, `${injection.head}.example.invalid`)) continue
      yield {
        rule: 'open-redirect',
        canary: guilty(trial),
        sink: answerSink('header location'),
        anchor: 'header:location',
        evidence: `The answer ${answer!.status} sends the client to ${value.slice(0, 200)}`,
      }
    }
  },
}
