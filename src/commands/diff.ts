import type { Finding, Report } from '../model/index.js'
import type { Difference } from '../report/diff-text.js'
import { storedReport } from './stored-report.js'

/** What has changed from one stored run to another. Fixed is only what the later run itself saw to be fixed. */
export function diff(a: string, b: string, cwd: string): Difference {
  const [before, after] = [storedReport(a, cwd), storedReport(b, cwd)]
  const was = new Map(before.findings.filter(isThere).map((finding) => [finding.fingerprint, finding]))
  const is = new Map(after.findings.map((finding) => [finding.fingerprint, finding]))
  const gone = [...was.values()].filter(({ fingerprint }) => !isThere(is.get(fingerprint)))
  const isFixed = ({ fingerprint }: Finding) => is.get(fingerprint)?.status === 'fixed'
  const wasTested = ({ target, rule }: Finding) => tests(after, target, rule)
  return {
    from: before.run.id,
    to: after.run.id,
    added: after.findings.filter((finding) => isThere(finding) && !was.has(finding.fingerprint)),
    fixed: gone.filter(isFixed),
    notSeen: gone.filter((finding) => !isFixed(finding) && wasTested(finding)),
    notTested: gone.filter((finding) => !isFixed(finding) && !wasTested(finding)),
    same: after.findings.filter((finding) => isThere(finding) && was.has(finding.fingerprint)),
  }
}

const isThere = (finding: Finding | undefined): boolean => finding !== undefined && finding.status !== 'fixed'

const tests = ({ targets, rules }: Report, target: string, rule: string): boolean =>
  targets.some(({ id, status }) => id === target && status === 'tested') && (rules?.some(({ id }) => id === rule) ?? true)
