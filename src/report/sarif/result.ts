import type { Finding, Report, SourceLocation } from '../../model/index.js'
import { isAccepted, isOpen } from '../open-findings.js'
import { levelOf } from './rule.js'
import { plain, uriOf } from './text.js'

const BASELINE: ReadonlyMap<Finding['status'], string> = new Map<Finding['status'], string>([
  ['new', 'new'],
  ['regressed', 'new'],
  ['fixed', 'absent'],
])

/** One alert. GitHub wants a place for each: without a known sink it is the file of the function. */
export function resultOf(finding: Finding, { targets }: Report, ruleIndex: ReadonlyMap<string, number>): object {
  const { rule, fingerprint, severity, confidence, status, sink, target } = finding
  const file = targets.find(({ id }) => id === target)?.file ?? ''
  const entry = place(file === '' ? (sink?.location?.file ?? 'unknown') : file)
  const at = sink?.location ?? null
  const location = at === null ? entry : place(at.file, at)
  return {
    ruleId: rule,
    ruleIndex: ruleIndex.get(rule) ?? -1,
    level: confidence === 'tentative' ? 'note' : levelOf(severity),
    kind: 'fail',
    message: { text: messageOf(finding) },
    locations: [{ physicalLocation: location, logicalLocations: [{ name: plain(target), kind: 'function' }] }],
    codeFlows: [codeFlow(finding, entry, location)],
    // GitHub matches alerts of different runs by the second; the same root cause keeps both when lines move.
    partialFingerprints: { 'eventfuzz/v1': fingerprint, primaryLocationLineHash: fingerprint },
    baselineState: BASELINE.get(status) ?? 'unchanged',
    suppressions: suppressionsOf(finding),
    properties: propertiesOf(finding),
  }
}

function place(file: string, at?: SourceLocation): object {
  const region = { startLine: Math.max(1, at?.line ?? 1), ...(at === undefined ? {} : { startColumn: Math.max(1, at.column) }) }
  return { artifactLocation: { uri: uriOf(file) }, region }
}

function messageOf({ title, target, pointer, sink, evidence }: Finding): string {
  const through = pointer === '' ? '' : ` through the event field ${plain(pointer)}`
  const into = sink === null ? '' : ` into ${plain(sink.api)}`
  return `${plain(title)}: ${plain(target)}${through}${into}. ${plain(evidence)}`
}

/** From the field of the event to the line that uses it. */
function codeFlow({ pointer, sources, sink, evidence }: Finding, entry: object, location: object): object {
  const field = pointer === '' ? 'the event' : `the event field ${plain(pointer)}`
  const steps = [
    { physicalLocation: entry, message: { text: `${plain(sources.join(', '))} delivers ${field}` } },
    { physicalLocation: location, message: { text: sink === null ? plain(evidence) : `it reaches ${plain(sink.api)}` } },
  ]
  return { threadFlows: [{ locations: steps.map((step) => ({ location: step })) }] }
}

/** Accepted findings stay, and say so; an acceptance that has run out is none. Nobody has accepted what is only known. */
function suppressionsOf(finding: Finding): readonly object[] {
  if (finding.suppression === null || !isAccepted(finding) || finding.suppression.state === 'known') return []
  const { state, reason, owner, expires } = finding.suppression
  return [
    {
      kind: 'external',
      status: 'accepted',
      justification: plain(reason),
      properties: { state: plain(state), owner: plain(owner), expires: plain(expires) },
    },
  ]
}

function propertiesOf(finding: Finding): object {
  const { severity, severityReason, confidence, proof, reproduced, surface, stage, pointers, event, recipe, replay } = finding
  return {
    open: isOpen(finding),
    severity,
    severityReason: plain(severityReason),
    confidence,
    proof,
    reproduced: `${reproduced.k} of ${reproduced.n}`,
    surface,
    stage,
    fields: pointers.slice(0, 50).map((one) => plain(one)),
    event: plain(event, { max: 4_000 }),
    deliver: recipe.map((one) => plain(one, { max: 4_000 })),
    replay: plain(replay),
  }
}
