import {
  type Case,
  type CaseMaker,
  type Control,
  type Finding,
  faultIn,
  getAt,
  type Json,
  type Oracle,
  type Severity,
  type Target,
} from '../model/index.js'
import { differing } from './differing.js'
import type { Proven } from './prove.js'

/** Writes down a proven verdict. `replay` is the command that runs it again. */
export function findingOf(
  target: Target,
  maker: CaseMaker,
  oracle: Oracle,
  proven: Proven,
  fingerprint: string,
  replay: string,
): Finding {
  const { trial, verdict, reproduced, confidence } = proven
  const made = trial.case
  const at = hostileStep(made, verdict.canary?.canary ?? made.injection?.head)
  const event = made.steps.at(at)!.text
  const validEvent = proven.honest?.case.steps.at(at)?.text ?? event
  const pointers = pointersOf(maker, proven, event, validEvent)
  const { severity, reason } = severityOf(oracle, proven)
  return {
    fingerprint,
    rule: oracle.id,
    title: oracle.title,
    severity,
    severityReason: reason,
    confidence,
    proof: oracle.proof,
    reproduced,
    cwe: oracle.cwe,
    owasp: oracle.owasp,
    target: target.id,
    sources: [made.source],
    surface: made.surface,
    stage: made.stage,
    pointer: pointers[0] ?? '',
    pointers,
    sink: verdict.sink === null ? null : { kind: verdict.sink.kind, api: verdict.sink.api, location: verdict.sink.location },
    evidence: `${throughOf(pointers[0])}${verdict.evidence}`,
    case: { steps: made.steps },
    event,
    validEvent,
    minimal: proven.minimal,
    recipe: maker.recipe(made),
    replay,
    remediation: oracle.remediation,
    status: reproduced.k < reproduced.n ? 'flaky' : 'new',
    suppression: null,
  }
}

/** The event of a sequence that carries what is proven, or the one that decides. */
function hostileStep({ steps }: Case, marker: string | undefined): number {
  const at = marker === undefined ? -1 : steps.findIndex(({ text }) => text.includes(marker))
  return at === -1 ? steps.length - 1 : at
}

/** Data that came back from AWS (`dynamodb:GetItem/Item/name/S`), or from an event before (`event 1/body`). */
function throughOf(pointer = ''): string {
  const [operation, ...path] = pointer.split('/')
  if (!operation || path.length === 0) return ''
  if (operation.startsWith('event ')) return `Kept from ${operation} and used in a later one: `
  return `Through ${operation} ${path.filter((part) => !/^(?:S|L|M)$/.test(part)).join('.')}: `
}

function pointersOf(maker: CaseMaker, { trial, verdict, blamed }: Proven, event: string, validEvent: string): string[] {
  const fault = faultIn(trial.case.steps)
  if (fault !== undefined) return [`${fault.service}:${fault.operation}`]
  const marker = verdict.canary?.canary ?? trial.case.injection?.head
  // A payload's own key holds the marker: the field is the object that it was added to.
  const marked =
    marker === undefined
      ? []
      : [...new Set(maker.pointers(trial.case, marker).map((pointer) => pointer.replace(/\/ef[a-z2-7]{10}z.*$/, '')))]
  if (marked.length > 0) return marked
  if (blamed.length > 0) return [...blamed]
  const told = differing(JSON.parse(event) as Json, JSON.parse(validEvent) as Json)
  const follows = (pointer: string): boolean =>
    FOLLOWING.test(pointer) || (trial.case.signed === true && SIGNATURE.test(String(getAt(JSON.parse(event) as Json, pointer))))
  const chosen = told.filter((pointer) => !follows(pointer))
  return (chosen.length > 0 ? chosen : told).slice(0, 5)
}

/** What follows from the rest of a request. */
const SIGNATURE = /(?:^|[=,:])(?:[0-9a-f]{32,}|[\w+/-]{42,}={0,2})$/
const FOLLOWING = /^\/(?:multiValueHeaders|headers)\/content-length(?:\/0)?$/i

const WHO: Readonly<Record<Control, string>> = {
  attacker: 'any client of the API controls the field',
  producer: 'whoever can write to the source controls the field',
  service: 'only the AWS service sets the field',
  owner: 'only the owner sets the field',
}

/** What is signed only some can send, or have somebody sign for them. */
const signedBy = ({ case: { signed } }: Proven['trial']): string | undefined =>
  signed === true ? "the event is signed with the function's own key, as those who have it would" : undefined

function severityOf(oracle: Oracle, { trial, verdict }: Proven): { severity: Severity; reason: string } {
  const severity = verdict.severity ?? oracle.severity
  const control = verdict.canary?.point.control ?? trial.case.draft.placed?.point.control
  const { injection } = trial.case
  const stored = injection?.point.wire.startsWith('/answers/')
    ? 'whoever can write what the function reads back controls it'
    : undefined
  const reason = [verdict.severityReason, stored ?? (control === undefined ? undefined : WHO[control]), signedBy(trial)]
    .filter((text) => text !== undefined)
    .join('; ')
  return { severity, reason: reason || 'a deliverable event is enough' }
}
