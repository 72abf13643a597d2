import type { Oracle } from '../model/index.js'
import { answerIn, answerSink } from './answer-text.js'

/** Any site may read the answer with the user's cookies: the Origin header is sent back as it came. */
export const corsAnyOrigin: Oracle = {
  id: 'cors-any-origin',
  title: 'Any site may read answers with the user’s credentials',
  severity: 'medium',
  cwe: ['CWE-942', 'CWE-346'],
  owasp: ['S6'],
  proof: 'contract',
  sinks: [],
  remediation: 'Compare the Origin header with a list of your own sites, and leave access-control-allow-origin out for others.',
  *judge(trial) {
    const { injection, canaries } = trial.case
    const answer = answerIn(trial)
    if (injection !== null || answer === undefined) return
    const header = (wanted: string) => answer.headers.find(([name]) => name === wanted)?.[1] ?? ''
    const origin = header('access-control-allow-origin').toLowerCase()
    const canary = canaries.find((planted) => origin === planted.canary || origin === `https://${planted.canary}.example.invalid`)
    if (canary === undefined || header('access-control-allow-credentials') !== 'true') return
    yield {
      rule: 'cors-any-origin',
      canary,
      sink: answerSink('header access-control-allow-origin'),
      anchor: 'cors',
      evidence: `access-control-allow-origin is ${origin}, as it was sent, with access-control-allow-credentials: true`,
    }
  },
}
