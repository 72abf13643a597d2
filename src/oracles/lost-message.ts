import { failedIds, faultIn, type Oracle, recordIds, type Trial, type Verdict } from '../model/index.js'

/** Begins the label of a batch one of whose records fails when it comes alone: see campaign/batches.ts. */
const FAILS_ALONE = 'fails alone: record '

/** Label of a batch of two records alike: see campaign/alike.ts. */
const TWICE = 'twice alike'

/** A record that is reported as failed when it comes alone is not, when it comes with another one: it is deleted, and lost. */
export const lostMessage: Oracle = {
  id: 'lost-message',
  title: 'A record of a batch is lost',
  severity: 'medium',
  cwe: ['CWE-393', 'CWE-754'],
  owasp: ['S10'],
  proof: 'state',
  sinks: [],
  remediation:
    'Go through all records (no return or throw inside the loop, no Records[0] alone). Take itemIdentifier from the record that failed (in its own catch, or by the index of the list that was mapped, not of event.Records after a filter).',
  *judge(trial) {
    if (trial.case.stage === 'sequence' && trial.case.draft.labels[0] === TWICE) yield* passedOver(trial)
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

const CALLS = new Set(['aws', 'sql', 'nosql'])

/** Data of one of two records alike is in a call, that of the other in none; and nobody says that it failed. */
function* passedOver({ case: { canaries, steps }, observations }: Trial): Generator<Verdict> {
  const last = observations.at(-1)
  const ids = recordIds(steps[0]?.text)
  if (last === undefined || ids?.length !== 2 || failedIds(last.outcome)?.length !== 0) return
  const said = JSON.stringify([last.aws, last.effects.filter(({ kind }) => CALLS.has(kind))]).toLowerCase()
  const ofRecord = (i: number) => canaries.filter(({ point }) => new RegExp(`^/(?:event/)?\\w+/${i}(?:/|$)`).test(point.wire))
  const seen = [0, 1].map((i) => ofRecord(i).find(({ canary }) => said.includes(canary)))
  const lost = seen.indexOf(undefined)
  const told = seen.find((canary) => canary !== undefined)
  const call = last.aws.find((one) => told !== undefined && JSON.stringify(one).toLowerCase().includes(told.canary))
  if (lost === -1 || told === undefined || ofRecord(lost).length === 0) return
  yield {
    rule: 'lost-message',
    canary: null,
    sink:
      call === undefined ? null : { kind: 'aws', api: `${call.service}:${call.operation}`, location: call.location, frames: [] },
    anchor: 'batch:passed-over',
    evidence: `Two records alike came in one batch: data of record ${2 - lost} is in a call, that of record ${lost + 1} in none, and it is not reported as failed`,
  }
}

function whereDenied({ case: { steps } }: Trial): string {
  const fault = faultIn(steps)
  return fault === undefined ? '' : `, where ${fault.service}:${fault.operation} is denied`
}

function failingIn({ case: { stage, draft } }: Trial): number | undefined {
  const [label = ''] = draft.labels
  return stage === 'sequence' && label.startsWith(FAILS_ALONE) ? Number(label.slice(FAILS_ALONE.length)) : undefined
}
