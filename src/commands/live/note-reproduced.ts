import { existsSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readUserJson } from '../../config/index.js'
import type { Finding, Report, ReproducedOn } from '../../model/index.js'

/** Writes into the report beside a case where its finding reproduced; undefined where there is no such report. */
export function noteReproduced(caseFile: string, fingerprint: string, on: ReproducedOn): Report | undefined {
  const file = path.join(path.dirname(caseFile), '..', 'report.json')
  if (path.basename(path.dirname(caseFile)) !== 'cases' || !existsSync(file)) return undefined
  const report = readUserJson(file, 'The report') as unknown as Report
  const noted = (finding: Finding): Finding => {
    if (finding.fingerprint !== fingerprint) return finding
    const before = finding.reproducedOn ?? [{ where: 'local', ...finding.reproduced }]
    return { ...finding, reproducedOn: [...before.filter(({ where }) => where !== on.where), on] }
  }
  const written: Report = { ...report, findings: report.findings.map(noted) }
  writeFileSync(`${file}.tmp`, `${JSON.stringify(written, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.tmp`, file)
  return written
}
