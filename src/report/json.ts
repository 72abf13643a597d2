import type { Report, Reporter } from '../model/index.js'
import { jsonText } from './json-text.js'

/** report.json: the values of the report, safe to print. */
export const json: Reporter = {
  id: 'json',
  render: (report) => [...partsOf(report)].join(''),
  parts: partsOf,
}

// In data a line break is escaped: this one is the list of the report itself.
const EMPTY = '\n  "findings": []'

/** Finding by finding: JSON.stringify of all at once takes several times the memory. */
function* partsOf(report: Report): Generator<string> {
  const frame = jsonText({ ...report, findings: [] }, 2)
  const at = frame.indexOf(EMPTY) + EMPTY.length - 1
  yield frame.slice(0, at)
  for (const [i, finding] of report.findings.entries())
    yield `${i === 0 ? '' : ','}\n    ${jsonText(finding, 2).replaceAll('\n', '\n    ')}`
  yield `${report.findings.length === 0 ? '' : '\n  '}${frame.slice(at)}\n`
}
