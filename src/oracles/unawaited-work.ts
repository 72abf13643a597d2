import { answerOf, faultIn, type Oracle, type Trial } from '../model/index.js'
import { effectsOf, sinkOf } from './region.js'
import { lastObservation } from './thrown.js'

/** The function answers before its own request is answered: Lambda freezes the process, and the request may never end. */
export const unawaitedWork: Oracle = {
  id: 'unawaited-work',
  title: 'The function answers while a request of its own is under way',
  severity: 'medium',
  cwe: ['CWE-662', 'CWE-362'],
  owasp: ['S10'],
  proof: 'contract',
  sinks: [],
  remediation:
    'Await every promise before returning: `for (const item of items) await handle(item)` or `await Promise.all(items.map(handle))`; forEach does not wait.',
  *judge(trial) {
    if (trial.case.injection !== null || !isSuccess(trial)) return
    for (const effect of effectsOf(trial, 'unawaited')) {
      if (effect.location === null) continue
      yield {
        rule: 'unawaited-work',
        canary: null,
        sink: sinkOf(effect),
        anchor: 'unawaited',
        evidence:
          effect.state === 'open'
            ? `When the handler’s promise settled, the request made here was not yet answered${lateness(trial)}`
            : 'The request made here began after the handler’s promise had settled',
      }
    }
  },
}

function lateness({ case: { steps } }: Trial): string {
  const fault = faultIn(steps)
  return fault?.fault === 'late' ? `: ${fault.service}:${fault.operation} took a while, as any call may` : ''
}

/** Where something failed, giving up what else was under way may be meant. That something was not found is an answer like another. */
function isSuccess(trial: Trial): boolean {
  const last = lastObservation(trial)
  if (last?.outcome.kind !== 'returned' || last.aws.some(({ outcome }) => outcome !== 'ok')) return false
  if (last.effects.some(({ kind, answered }) => kind === 'connect' && answered === 'denied')) return false
  const status = answerOf(trial.case.contract, last.outcome)?.status
  return status === undefined || status < 500
}
