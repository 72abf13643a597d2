import type { Report, Reporter, RuleReport } from '../../model/index.js'
import { jsonText } from '../json-text.js'
import { permissionResults, permissionRules } from './permission.js'
import { resultOf } from './result.js'
import { ruleDescriptor, rulesOf } from './rule.js'
import { plain } from './text.js'

/**
 * SARIF 2.1.0, one run whatever the number of functions: GitHub refuses files with more than 20. Accepted findings are in it as
 * suppressed ones, and what could not be tested as notifications.
 */
export const sarif: Reporter = {
  id: 'sarif',
  render: (report) => [...partsOf(report)].join(''),
  parts: partsOf,
}

// In data the quotes would be escaped.
const EMPTY = '"results": []'

/** Result by result, one a line: all of them as one tree would take three times the memory. */
function* partsOf(report: Report): Generator<string> {
  const rules = rulesOf(report)
  const frame = jsonText(logOf(report, rules), 2)
  const at = frame.indexOf(EMPTY) + EMPTY.length - 1
  yield frame.slice(0, at)
  let lead = '\n'
  for (const result of resultsOf(report, rules)) {
    yield `${lead}${jsonText(result)}`
    lead = ',\n'
  }
  yield `\n${frame.slice(at)}\n`
}

function* resultsOf(report: Report, rules: readonly RuleReport[]): Generator<object> {
  const index = new Map(rules.map(({ id }, i) => [id, i]))
  for (const finding of report.findings) yield resultOf(finding, report, index)
  yield* permissionResults(report, rules.length)
}

function logOf(report: Report, rules: readonly RuleReport[]): object {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: plain(report.tool.name),
            semanticVersion: plain(report.tool.version),
            informationUri: 'https://www.npmjs.com/package/eventfuzz',
            rules: [...rules.map(ruleDescriptor), ...permissionRules(report)],
          },
        },
        // The part behind the last slash is the run: without it this names the kind of analysis, so that alerts meet.
        automationDetails: { id: 'eventfuzz/' },
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(report)],
        results: [],
        properties: {
          run: plain(report.run.id),
          seed: report.run.seed,
          executions: report.run.executions,
          sandbox: plain(report.run.sandbox.level),
        },
      },
    ],
  }
}

function invocationOf({ run, targets, notTested }: Report): object {
  const untested = targets.filter(({ status }) => status !== 'tested').map(({ id, status }) => ({ what: id, why: status }))
  return {
    executionSuccessful: !run.interrupted,
    ...(Number.isNaN(Date.parse(run.startedAt)) ? {} : { startTimeUtc: new Date(run.startedAt).toISOString() }),
    toolExecutionNotifications: [...untested, ...notTested].map(({ what, why }) => ({
      level: 'warning',
      message: { text: `Not tested: ${plain(what)}: ${plain(why)}` },
    })),
  }
}
