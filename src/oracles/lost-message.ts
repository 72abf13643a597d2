import { failedIds, faultIn, type Oracle, recordIds, type Trial } from '../model/index.js'

/** Begins the label of a batch one of whose records fails when it comes alone: see campaign/batches.ts. */
const FAILS_ALONE = 'fails alone: record '

/** A record that is reported as failed when it comes alone is not, when it comes with another one: it is deleted, and lost. */
export const lostMessage: Oracle = {
  id: 'lost-message',
  title: 'A failed record of a batch is not reported',
  severity: 'medium',
  cwe: ['CWE-393', 'CWE-754'],
  owasp: ['S10'],
  proof: 'state',
  sinks: [],
  remediation:
    'Take itemIdentifier from the record that failed (in its own catch, or by the index of the list that was mapped, not of event.Records after a filter).',
  *judge(trial) {
    const at = failingIn(trial)
    const [alone, batch] = trial.observations
    const [aloneIds, ids] = trial.case.steps.map(({ text }) => recordIds(text))
    const [before, reported] = [failedIds(alone?.outcome), failedIds(batch?.outcome)]
    if (at === undefined || aloneIds === undefined || ids === undefined || before === undefined || reported === undefined) return
    const failed = ids[at]
    // An id that is in no record: the service takes the whole batch for failed.
    if (failed === undefined || !before.includes(aloneIds[0]!) || reported.some((id) => !ids.includes(id))) return
    // A stream goes on from the first record that is reported, so that all behind it come again.
    const again = trial.case.source === 'sqs' ? reported.includes(failed) : reported.some((id) => ids.indexOf(id) <= at)
    if (again) return
    yield {
      rule: 'lost-message',
      canary: null,
      sink: { kind: 'response', api: 'batchItemFailures', location: null, frames: [] },
      anchor: 'batch:failures',
      evidence: `Record ${at + 1} of 2 fails when it comes alone${whereDenied(trial)}; in this batch ${reported.length === 0 ? 'nothing is reported' : `${reported.join(', ')} is reported in its place`}`,
    }
  },
}

function whereDenied({ case: { steps } }: Trial): string {
  const fault = faultIn(steps)
  return fault === undefined ? '' : `, where ${fault.service}:${fault.operation} is denied`
}

function failingIn({ case: { stage, draft } }: Trial): number | undefined {
  const [label = ''] = draft.labels
  return stage === 'sequence' && label.startsWith(FAILS_ALONE) ? Number(label.slice(FAILS_ALONE.length)) : undefined
}
