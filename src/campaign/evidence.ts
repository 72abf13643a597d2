import {
  type AwsCall,
  type Case,
  canariesIn,
  type Evidence,
  escapeToken,
  isJsonObject,
  type Json,
  type Target,
  type Trial,
} from '../model/index.js'
import type { RunFor } from './runner.js'
import { carries } from './unmarked.js'

/** One line of evidence for each AWS call of a trial. */
export function* evidenceOf(target: Target, trial: Trial, why: RunFor): Generator<Evidence> {
  for (const { aws } of trial.observations) for (const call of aws) yield line(target, trial.case, call, why)
}

/** Calls that no case can be blamed for. */
export const orphanEvidence = (target: Target, call: AwsCall): Evidence =>
  line(target, null, call, { control: false, unguided: false, texts: [] })

function line(target: Target, made: Case | null, call: AwsCall, { control, unguided, texts }: RunFor): Evidence {
  const { service, operation, region, params, resources, via, outcome, answeredBy, location, retryOf } = call
  return {
    v: 1,
    target: target.id,
    caseId: made?.id ?? null,
    stage: made?.stage ?? null,
    surface: made?.surface ?? null,
    control,
    ...(unguided && { unguided }),
    service,
    operation,
    region,
    params,
    resources,
    eventControlled: [...controlled(params, '', texts)],
    via,
    outcome,
    answeredBy,
    location,
    retryOf,
  }
}

/** Pointers of parameters whose text carries a canary, or another text of the sender's. */
function* controlled(value: Json, pointer: string, texts: readonly string[]): Generator<string> {
  if (typeof value === 'string') {
    if (canariesIn(value).length > 0 || carries(value, texts)) yield pointer
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* controlled(item, `${pointer}/${i}`, texts)
  } else if (isJsonObject(value)) {
    for (const [key, child] of Object.entries(value)) yield* controlled(child, `${pointer}/${escapeToken(key)}`, texts)
  }
}
