import type { Finding, Report, Reporter, SourceId, TargetReport } from '../model/index.js'
import { isOpen, suppressionText } from './open-findings.js'
import { sinkLocation } from './summary.js'
import { type VisibleOptions, visible } from './visible.js'

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
])

/** Data as XML text or attribute. What XML cannot hold, such as NUL or half a pair, `visible` has written out. */
const xml = (text: string, options: VisibleOptions = { max: 1_000 }): string =>
  visible(text, options).replace(/[&<>"']/g, (sign) => ENTITIES.get(sign) ?? '')

/** One case of a suite; `body` is markup already. */
interface TestCase {
  readonly name: string
  readonly outcome: 'passed' | 'failure' | 'skipped' | 'error'
  readonly body: string
}

/** JUnit XML: a suite for each function, a case for each rule and way in; open findings are failures, fixed ones pass, other ones are skipped. */
export const junit: Reporter = {
  id: 'junit',
  render: (report) => {
    const suites = report.targets.map((target) => ({ target, cases: casesOf(target, report) }))
    const all = suites.flatMap(({ cases }) => cases)
    return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="eventfuzz" ${counts(all)} time="${(report.run.durationMs / 1000).toFixed(3)}">
${suites.map(({ target, cases }) => suite(target, cases, report)).join('')}</testsuites>
`
  },
}

function suite({ id, file }: TargetReport, cases: readonly TestCase[], { run }: Report): string {
  const lines = cases.map(({ name, body }) => {
    const head = `    <testcase classname="${xml(id)}" name="${xml(name)}" file="${xml(file)}"`
    return body === '' ? `${head}/>\n` : `${head}>${body}</testcase>\n`
  })
  return `  <testsuite name="${xml(id)}" ${counts(cases)} timestamp="${xml(run.startedAt)}">
${lines.join('')}  </testsuite>
`
}

const counts = (cases: readonly TestCase[]): string =>
  [
    `tests="${cases.length}"`,
    ...(['failure', 'error', 'skipped'] as const).map(
      (outcome) =>
        `${outcome === 'skipped' ? outcome : `${outcome}s`}="${cases.filter((one) => one.outcome === outcome).length}"`,
    ),
  ].join(' ')

function casesOf(target: TargetReport, { findings, rules = [] }: Report): readonly TestCase[] {
  const found = findings.filter((finding) => finding.target === target.id)
  if (target.status !== 'tested') {
    const missing = target.missing.map(({ kind, name }) => `${kind} ${name}`).join('; ')
    return [
      ...found.map(findingCase),
      {
        name: 'is tested',
        outcome: 'error',
        body: `<error type="not-tested" message="${xml(`${target.status}: ${missing}`)}"/>`,
      },
    ]
  }
  const spokenOf = new Set(found.flatMap(({ rule, sources }) => sources.map((source) => caseName(rule, source))))
  const silent = target.sources
    .flatMap((source) => rules.map(({ id }) => caseName(id, source)))
    .filter((name) => !spokenOf.has(name))
  return [...found.map(findingCase), ...silent.map((name): TestCase => ({ name, outcome: 'passed', body: '' }))]
}

const caseName = (rule: string, source: SourceId): string => `${rule} through ${source}`

function findingCase(finding: Finding): TestCase {
  const { rule, sources, fingerprint, title, pointer, confidence, status } = finding
  // Several root causes of one rule are several cases.
  const name = `${rule} through ${sources.join(', ')} (${fingerprint.slice(0, 12)})`
  const message = `${title}${pointer === '' ? '' : ` (${pointer})`}`
  if (isOpen(finding))
    return {
      name,
      outcome: 'failure',
      body: `<failure type="${xml(rule)}" message="${xml(message)}">${details(finding)}</failure>`,
    }
  if (status === 'fixed') return { name, outcome: 'passed', body: '' }
  const why = suppressionText(finding) || `${confidence}, ${status}`
  return { name, outcome: 'skipped', body: `<skipped message="${xml(`${message}: ${why}`)}"/>` }
}

const details = (finding: Finding): string =>
  [
    `${finding.severity}, ${finding.confidence}, ${finding.cwe.join(' ')}`,
    ...(sinkLocation(finding) === '' ? [] : [`at ${sinkLocation(finding)}`]),
    finding.evidence,
    `replay: ${finding.replay}`,
    `fix: ${finding.remediation}`,
  ]
    .map((line) => xml(line))
    .join('\n')
