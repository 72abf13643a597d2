/** Writes a run as fuzz does, without end, and prints the number of each finding when it is on disk. */
import { createHash } from 'node:crypto'
import { writeSync } from 'node:fs'
import { caseFile } from '#src/commands/gathered.js'
import { type KnownFinding, writeKnown } from '#src/commands/known-findings.js'
import { runStore } from '#src/commands/run-store.js'
import { canonicalReport } from '../report/canonical-report.js'
import { storedCaseOf } from './stored-case-of.js'

const [cwd = '.'] = process.argv.slice(2)
const store = runStore(cwd, undefined, new Date())
store.create()
store.write('run.json', JSON.stringify({ ...canonicalReport, findings: [], targets: [], rules: [] }))
for (let i = 0; ; i++) {
  const fingerprint = createHash('sha256').update(`${process.pid} ${i}`).digest('hex')
  const finding = { ...canonicalReport.findings[i % canonicalReport.findings.length]!, fingerprint }
  const stored = storedCaseOf(finding)
  const seen = { run: store.id, at: canonicalReport.run.startedAt }
  const known: KnownFinding = { schemaVersion: 1, state: 'open', firstSeen: seen, lastSeen: seen, fixed: null, finding, stored }
  store.write(...caseFile(stored))
  store.append('findings.jsonl', [finding])
  store.append('targets.jsonl', [canonicalReport.targets[i % canonicalReport.targets.length]])
  writeKnown(`${cwd}/.eventfuzz/known`, [known])
  writeSync(1, `${i}\n`)
}
