import {
  type AwsCall,
  type AwsFixture,
  failedIds,
  faultIn,
  isJsonObject,
  type Oracle,
  type Trial,
  type Verdict,
} from '../model/index.js'
import { returnedValue } from './response-text.js'
import { lastObservation } from './thrown.js'

const SAID: Readonly<Record<string, string>> = {
  partial: 'took nothing and said so in its answer, which the SDK does not throw for',
  denied: 'failed with AccessDeniedException',
  throttled: 'was throttled at every try',
  cut: 'got no answer at any try',
}

/** A write failed, and the function says that all went well. */
export const lostWrite: Oracle = {
  id: 'lost-write',
  title: 'A write that failed is answered with success',
  severity: 'medium',
  cwe: ['CWE-252', 'CWE-390'],
  owasp: ['S10'],
  proof: 'robustness',
  sinks: [],
  remediation:
    'Look at UnprocessedItems, Failed, FailedEntryCount and the like and try again or give up loudly; let an error of the write reach the caller, or the batch item failures. Mark an event as done in the same transaction as its effect, or after it.',
  *judge(trial) {
    const fault = faultIn(trial.case.steps)
    if (fault !== undefined) yield* neverDone(trial, fault)
    if (fault === undefined || trial.observations.length > 1 || !(fault.fault! in SAID) || !isSuccess(trial)) return
    const calls = lastObservation(trial)?.aws ?? []
    const at = calls.findIndex((call) => isOf(call, fault))
    const failed = calls[at]
    // A second try, or a call to something else with what was left over, is a way to deal with it.
    if (failed === undefined || (fault.fault === 'partial' && calls.length > at + 1)) return
    yield verdictOf(
      'lost-write',
      failed,
      `${failed.service}:${failed.operation} ${SAID[fault.fault!]}; the function returned success`,
    )
  },
}

/** The delivery after a failed one says that all went well, and what had failed was done in neither: it was marked as done before it was. */
function* neverDone({ case: { contract, steps }, observations }: Trial, fault: AwsFixture): Generator<Verdict> {
  const [first, second] = observations
  const again = steps.length === 2 && steps[0]!.text === steps[1]!.text
  if (!again || fault.fault !== 'denied' || first === undefined || second === undefined || !BATCHED.has(contract)) return
  const failed = first.aws.find((call) => isOf(call, fault))
  const isDone = observations.some(({ aws }) => aws.some((call) => isOf(call, fault) && call.outcome === 'ok'))
  // The first delivery has to fail as a whole or by its ids, or it does not come again.
  if (failed === undefined || isDone || failedIds(first.outcome)?.length === 0 || failedIds(second.outcome)?.length !== 0) return
  yield verdictOf(
    'lost-write',
    failed,
    `${failed.service}:${failed.operation} failed, so the event was delivered again; the function then returned success and did not try it`,
  )
}

const BATCHED = new Set(['batch', 'async'])

/** A condition that another writer broke ends in an error that nobody handles. */
export const unhandledConflict: Oracle = {
  id: 'unhandled-conflict',
  title: 'A failed condition of a write is not handled',
  severity: 'low',
  cwe: ['CWE-755'],
  owasp: ['S10'],
  proof: 'robustness',
  sinks: [],
  remediation: 'Catch ConditionalCheckFailedException where the condition is set, and answer 409, skip the record or try again.',
  *judge(trial) {
    const fault = faultIn(trial.case.steps)
    const outcome = lastObservation(trial)?.outcome
    if (fault?.fault !== 'conflict' || outcome?.kind !== 'threw' || outcome.name !== 'ConditionalCheckFailedException') return
    const failed = lastObservation(trial)?.aws.find((call) => isOf(call, fault))
    if (failed === undefined) return
    const batch = trial.case.contract === 'batch'
    yield {
      ...verdictOf(
        'unhandled-conflict',
        failed,
        `${failed.service}:${failed.operation} found its condition broken; the function threw ${outcome.name}`,
      ),
      severity: batch ? 'medium' : 'low',
      severityReason: batch
        ? 'the whole batch is delivered again'
        : 'the caller gets an error of the server for a conflict of data',
    }
  },
}

const isOf = (call: AwsCall, { service, operation }: AwsFixture): boolean =>
  call.service === service && call.operation === operation

function isSuccess(trial: Trial): boolean {
  const value = returnedValue(trial)
  const { contract } = trial.case
  if (value === undefined || contract === 'authorizer') return false
  if (!isJsonObject(value)) return true
  const { statusCode, batchItemFailures } = value
  if (contract === 'batch') return !Array.isArray(batchItemFailures) || batchItemFailures.length === 0
  return statusCode === undefined || Number(statusCode) < 300
}

const verdictOf = (rule: string, call: AwsCall, evidence: string): Verdict => ({
  rule,
  canary: null,
  // The line is not always known on a process's first call, so it is no part of what makes this finding the same.
  sink: { kind: 'aws', api: `${call.service}:${call.operation}`, location: call.location, frames: [] },
  anchor: `fault:${call.service}:${call.operation}`,
  evidence,
})
