import type { Report, Reporter } from '../model/index.js'
import { jsonText } from './json-text.js'

/**
 * One JSON object a line, each with its `type`: run, then target, finding, permission, policy, not-tested, trend, and at last end, so that a
 * reader knows a cut file from a whole one.
 */
export const ndjson: Reporter = {
  id: 'ndjson',
  render: (report) => [...textsOf(report)].join(''),
  parts: textsOf,
}

function* textsOf(report: Report): Generator<string> {
  for (const line of linesOf(report)) yield `${jsonText(line)}\n`
}

function* linesOf({ schemaVersion, tool, run, ...report }: Report): Iterable<object> {
  yield { type: 'run', schemaVersion, tool, run }
  for (const target of report.targets) yield { type: 'target', target }
  for (const finding of report.findings) yield { type: 'finding', finding }
  for (const permission of report.permissions) yield { type: 'permission', permission }
  for (const policy of report.suggestedPolicies) yield { type: 'policy', policy }
  for (const notTested of report.notTested) yield { type: 'not-tested', notTested }
  for (const point of report.trend ?? []) yield { type: 'trend', point }
  yield { type: 'end', findings: report.findings.length }
}
