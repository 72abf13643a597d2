import type { Finding } from '../model/index.js'
import { eventDiff } from './event-diff.js'
import { placesText } from './live-facts.js'
import { suppressionText } from './open-findings.js'
import { counted, formatCount, sinkLocation } from './summary.js'
import { labelled, type Paint, SEVERITY_FORMAT } from './text-layout.js'
import { visible } from './visible.js'

const ONE_LINE = 300
const MOST_LINES = 12
const MOST_COMMAND = 2000
/** Longer events are shown by what makes them different from a valid one. */
const SHORT_EVENT = 160

const one = (text: string, max = ONE_LINE): string => visible(text, { max })

/** One finding: what, where, why it is believed, how to see it again, how to mend it. */
export function findingLines(finding: Finding, paint: Paint): readonly string[] {
  const { severity, title, rule, sink, status, suppression } = finding
  const at = sinkLocation(finding)
  const heading = [
    paint(SEVERITY_FORMAT.get(severity) ?? 'bold', one(severity).toUpperCase()),
    paint('bold', one(title)),
    paint('dim', one(rule)),
  ]
  const fields: readonly (readonly [string, readonly string[]])[] = [
    ['target', [targetText(finding)]],
    ['field', fieldTexts(finding)],
    ['sink', sink === null ? [] : [at === '' ? one(sink.api) : `${one(sink.api)} at ${paint('bold', one(at))}`]],
    ['evidence', quoted(finding.evidence)],
    ['proof', [proofText(finding)]],
    ['seen at', placesText(finding) === '' ? [] : [one(placesText(finding))]],
    ['status', status === 'new' ? [] : [one(status)]],
    ['known', suppression === null ? [] : [one(suppressionText(finding))]],
    ['event', eventTexts(finding, paint)],
    ['deliver', finding.recipe.map((command) => one(command, MOST_COMMAND))],
    ['replay', [paint('green', one(finding.replay, MOST_COMMAND))]],
    ['fix', [one(finding.remediation)]],
  ]
  return [heading.join('  '), ...fields.flatMap(([label, texts]) => labelled(paint, label, texts))]
}

function targetText({ target, sources, surface }: Finding): string {
  const through =
    surface === 'delivered' ? sources.join(', ') : `${sources.join(', ')}, only by whoever may invoke the function directly`
  return `${one(target)} through ${one(through)}`
}

function fieldTexts({ pointer, pointers }: Finding): readonly string[] {
  const others = pointers.filter((other) => other !== pointer)
  const more = others.length > 3 ? [`and ${formatCount(others.length - 3)} more`] : []
  return [...(pointer === '' ? [] : [one(pointer)]), ...others.slice(0, 3).map((other) => `also ${one(other)}`), ...more]
}

/** Evidence holds hostile text: further lines are marked, so that it cannot write lines of ours. */
function quoted(evidence: string): readonly string[] {
  const lines = visible(evidence, { lines: true, max: 1200 }).split('\n')
  const shown = lines.slice(0, MOST_LINES).map((line, i) => (i === 0 ? line : `│ ${line}`))
  return lines.length > MOST_LINES ? [...shown, `│ … ${counted(lines.length - MOST_LINES, 'more line')}`] : shown
}

function proofText({ confidence, proof, reproduced, minimal, severityReason }: Finding): string {
  const facts = [
    `${confidence} by ${proof}`,
    `reproduced ${reproduced.k} of ${reproduced.n}`,
    ...(minimal ? [] : ['event not minimal']),
  ]
  return one(severityReason === '' ? facts.join(', ') : `${facts.join(', ')}; ${severityReason}`)
}

function eventTexts(finding: Finding, paint: Paint): readonly string[] {
  const { event, case: made } = finding
  const steps = made.steps.length > 1 ? [`one of ${made.steps.length} events; all are in the case file`] : []
  if (event.length <= SHORT_EVENT) return [...steps, one(event)]
  const changed = (eventDiff(finding) ?? []).filter(({ kind }) => kind !== 'same')
  if (changed.length === 0 || changed.length > MOST_LINES) return [...steps, one(event)]
  return [
    ...steps,
    `${counted(event.length, 'character')}; against a valid event:`,
    ...changed.map(({ kind, text }) =>
      kind === 'added' ? paint('green', `+ ${one(text.trim(), 160)}`) : paint('red', `- ${one(text.trim(), 160)}`),
    ),
  ]
}

/** Findings as plain text, for the message of an error. */
export const findingsText = (findings: readonly Finding[]): string =>
  findings.map((finding) => findingLines(finding, (_, text) => text).join('\n')).join('\n\n')
