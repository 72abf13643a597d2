import type { StoredCase } from '../campaign/stored-case.js'
import type { Report } from '../model/index.js'
import { History } from './history.js'

/** The merged report, and what it adds to what is known. */
export interface WithKnown {
  readonly report: Report
  /** Cases of known findings that no run found by itself. */
  readonly cases: readonly StoredCase[]
  /** Once everything is written: for the runs to come. */
  remember(): void
}

/**
 * Holds what merged runs found against what earlier ones did, as one run would. What a run tested again itself it has said; what none
 * found and none tested again is not tested, and still open. Silent about functions and rules that were in none of the runs.
 */
export function withKnown(report: Report, cases: readonly StoredCase[], dir: string): WithKnown {
  const history = new History(dir)
  const again = report.findings.filter(({ status }) => status === 'fixed')
  for (const finding of again) history.take({ kind: 'retested', finding, reproduced: finding.reproduced })
  const targets = new Set([...(report.run.shard?.order ?? []), ...report.targets.map(({ id }) => id)])
  const rules = report.rules === undefined ? undefined : new Set(report.rules.map(({ id }) => id))
  const found = report.findings.filter(({ status }) => status !== 'fixed' && status !== 'not-tested')
  const settled = history.settle(found, new Set(), {
    tested: new Set(report.targets.filter(({ status }) => status === 'tested').map(({ id }) => id)),
    isIn: ({ finding }) => targets.has(finding.target) && (rules === undefined || rules.has(finding.rule)),
  })
  const said = new Set(settled.findings.map(({ fingerprint }) => fingerprint))
  // Known to a run alone, which had a directory of its own.
  const others = report.findings.filter(({ fingerprint }) => !said.has(fingerprint))
  const findings = [...settled.findings, ...others].map((finding) => suppressed(finding, report))
  const whole = history.withTrend({ ...report, findings })
  const byFingerprint = new Map(cases.map((one) => [one.fingerprint, one]))
  return {
    report: whole,
    cases: settled.cases.filter(({ fingerprint }) => !byFingerprint.has(fingerprint)),
    remember() {
      history.remember(settled.findings, byFingerprint, [], { run: report.run.id, at: report.run.startedAt })
      history.keepTrend(whole)
    },
  }
}

/** What a run's baseline accepted stays accepted. */
const suppressed = (finding: Report['findings'][number], { findings }: Report): Report['findings'][number] => {
  const own = findings.find(({ fingerprint }) => fingerprint === finding.fingerprint)
  return own === undefined ? finding : { ...finding, suppression: own.suppression }
}
