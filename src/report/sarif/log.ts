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
  render: (report) => {
    const rules = rulesOf(report)
    const index = new Map(rules.map(({ id }, i) => [id, i]))
    // Result by result, one a line: all of them as one tree would take three times the memory. In data the quotes would be escaped.
    const findings = report.findings.map((finding) => jsonText(resultOf(finding, report, index)))
    const results = [...findings, ...permissionResults(report, rules.length).map((result) => jsonText(result))]
    return `${jsonText(logOf(report, rules), 2).replace('"results": []', () => `"results": [\n${results.join(',\n')}\n]`)}\n`
  },
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
