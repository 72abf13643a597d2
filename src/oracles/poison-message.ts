import type { Oracle } from '../model/index.js'
import { errorFrame } from './stack-text.js'
import { lastObservation } from './thrown.js'

/** One unreadable record among good ones makes the function fail the whole batch. */
export const poisonMessage: Oracle = {
  id: 'poison-message',
  title: 'One unreadable message fails the whole batch',
  severity: 'medium',
  cwe: ['CWE-755'],
  owasp: ['S10'],
  proof: 'robustness',
  sinks: [],
  supersedes: ['unhandled-error'],
  remediation:
    'Handle each record in a try/catch of its own and report the failed ones as batchItemFailures (with ReportBatchItemFailures on the event source mapping).',
  *judge(trial) {
    const { stage, contract, source } = trial.case
    const outcome = lastObservation(trial)?.outcome
    if (stage !== 'sequence' || contract !== 'batch' || outcome?.kind !== 'threw') return
    const { location, frames, key } = errorFrame(outcome.stack)
    yield {
      rule: 'poison-message',
      canary: null,
      sink: { kind: 'response', api: outcome.name, location, frames },
      anchor: `error:${outcome.name}@${key}`,
      // However a record may fail: what is missing is one try around it.
      cause: `batch:${source}`,
      evidence: `The good records on both sides are delivered again with it. ${outcome.name}: ${outcome.message.slice(0, 200)}`,
      severityReason:
        source === 'sqs'
          ? 'whoever can send a message delays or loses those of others'
          : 'the shard is blocked until the record expires',
    }
  },
}
