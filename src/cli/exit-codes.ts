import { type Report, SEVERITIES, type Severity } from '../model/index.js'
import { isOpen } from '../report/open-findings.js'

/** design.md, section 9, by precedence. Other programs rely on these. */
export const EXIT = { ourFailure: 70, wrongUse: 2, interrupted: 130, notTested: 3, findings: 1, missed: 4, clean: 0 } as const

export type FailOn = Severity | 'none'

/** Exit code of a finished fuzz run. Tentative findings never count, nor do those that a baseline accepts. */
export function exitCodeOf(report: Report, failOn: FailOn): number {
  if (report.run.interrupted) return EXIT.interrupted
  // Asked for what has changed, or for a share of what others test: there may be nothing to do.
  if (report.targets.length === 0) return EXIT.clean
  const tested = report.targets.filter(({ status }) => status === 'tested')
  const counted = failOn === 'none' ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1)
  // A function that fails every honest event may be proven to run what is injected all the same.
  if (report.findings.some((finding) => isOpen(finding) && counted.includes(finding.severity))) return EXIT.findings
  if (tested.length === 0) return EXIT.notTested
  return tested.length < report.targets.length ? EXIT.missed : EXIT.clean
}
