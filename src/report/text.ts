import type { Finding, Report, Reporter, TargetReport } from '../model/index.js'
import { liveFacts } from './live-facts.js'
import { counted, formatCount, summaryLine, worstFirst } from './summary.js'
import { findingLines } from './text-finding.js'
import { columns, type Paint, painter, type TextOptions } from './text-layout.js'
import { visible } from './visible.js'

export type { TextOptions } from './text-layout.js'

/** Rows of a table that still read as a summary; the rest is in report.json and report.html. */
const MOST_ROWS = 20
const MOST_UNTAKEN = 5
/** More than this nobody reads on a terminal. */
const MOST_IN_FULL = 200

const cell = (text: string): string => visible(text, { max: 70 })

/** The report for a terminal, in colour if asked for. */
export function renderText(report: Report, options: TextOptions): string {
  const paint = painter(options)
  const standing = worstFirst(report.findings.filter(({ status }) => status !== 'fixed'))
  const blocks = [
    ...standing.slice(0, MOST_IN_FULL).map((finding) => findingLines(finding, paint)),
    oneLineEach(standing.slice(MOST_IN_FULL), paint),
    fixed(report, paint),
    untestedTargets(report.targets, paint),
    notTested(report, paint),
    untaken(report.targets, paint),
    permissions(report, paint),
    columns(liveFacts(report).map(([name, text]) => [name, visible(text, { max: 600 })])),
    [paint('bold', summaryLine(report))],
  ]
  const shown = blocks.filter((block) => block.length > 0)
  return `${shown.map((block) => block.join('\n')).join('\n\n')}\n`
}

/** The report as plain text. */
export const list: Reporter = {
  id: 'list',
  render: (report) => renderText(report, { color: false }),
}

function oneLineEach(findings: readonly Finding[], paint: Paint): readonly string[] {
  if (findings.length === 0) return []
  const rows = findings.map(({ severity, rule, target, pointer, fingerprint }) => [
    ...[severity, rule, target, pointer].map(cell),
    fingerprint.slice(0, 12),
  ])
  return [
    paint('bold', `${formatCount(findings.length)} further findings; replay takes the last word of a line`),
    ...columns(rows),
  ]
}

/** What a re-test did not show any more: good news, and nothing to do. */
function fixed({ findings }: Report, paint: Paint): readonly string[] {
  const rows = findings
    .filter(({ status }) => status === 'fixed')
    .map(({ severity, rule, target, fingerprint }) => [severity, cell(rule), cell(target), fingerprint.slice(0, 12)])
  return rows.length === 0 ? [] : [paint(['bold', 'green'], 'Fixed: no longer reproduces'), ...shortened(columns(rows))]
}

function untestedTargets(targets: readonly TargetReport[], paint: Paint): readonly string[] {
  const untested = targets.filter(({ status }) => status !== 'tested')
  if (untested.length === 0) return []
  const rows = untested.map(({ id, status, missing }) => [
    cell(id),
    status === 'not-loaded' ? 'could not be loaded' : 'fails valid events',
    missing.length === 0
      ? ''
      : `missing: ${missing.map(({ kind, name }) => visible(`${kind} ${name}`, { max: 120 })).join(', ')}`,
  ])
  const heading = `${counted(untested.length, 'target')} of ${formatCount(targets.length)} could not be tested`
  return [paint(['bold', 'yellow'], heading), ...shortened(columns(rows))]
}

function notTested({ notTested: gaps }: Report, paint: Paint): readonly string[] {
  if (gaps.length === 0) return []
  return [
    paint('bold', 'Not tested'),
    ...shortened(columns(gaps.map(({ what, why }) => [cell(what), visible(why, { max: 300 })]))),
  ]
}

/** Where exploring came to an end: behind these conditions nothing was tried. */
function untaken(targets: readonly TargetReport[], paint: Paint): readonly string[] {
  const rows = targets.flatMap(({ untaken: ways = [] }) =>
    ways.map(({ file, line, condition, never }) => [`${cell(file)}:${line}`, `never ${never}`, cell(condition)]),
  )
  if (rows.length === 0) return []
  return [
    paint('bold', 'Conditions that no event turned the other way'),
    ...columns(rows.slice(0, MOST_UNTAKEN)),
    ...more(rows.length),
  ]
}

const more = (count: number): readonly string[] =>
  count > MOST_UNTAKEN ? [`  … and ${formatCount(count - MOST_UNTAKEN)} more in the report`] : []

function permissions({ permissions: all }: Report, paint: Paint): readonly string[] {
  if (all.length === 0) return []
  const rows = all.map((one) => [
    cell(one.class),
    cell(one.role),
    cell(one.action),
    cell(one.resource),
    visible(one.why, { max: 160 }),
  ])
  return [paint('bold', 'Permissions, granted against exercised'), ...shortened(columns(rows))]
}

const shortened = (lines: readonly string[]): readonly string[] =>
  lines.length > MOST_ROWS
    ? [...lines.slice(0, MOST_ROWS), `  … and ${formatCount(lines.length - MOST_ROWS)} more in the report`]
    : lines
