import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { type Finding, type Report, SEVERITIES, type TargetReport } from '../model/index.js'

/**
 * The report of a run that was killed: what it set out to do (run.json), and what it had written by then. Undefined where there is no
 * run.json. What is returned has not been checked yet.
 */
export function unfinishedRun(dir: string): unknown {
  const header = path.join(dir, 'run.json')
  if (!existsSync(header)) return undefined
  const begun = JSON.parse(readFileSync(header, 'utf8')) as Report
  const findings = lines<Finding>(path.join(dir, 'findings.jsonl')).filter(
    // The case of a finding that a better rule took the place of is gone.
    ({ fingerprint }) => /^[0-9a-f]{64}$/.test(fingerprint) && existsSync(path.join(dir, 'cases', `${fingerprint}.json`)),
  )
  const targets = lines<TargetReport>(path.join(dir, 'targets.jsonl'))
  const rank = ({ severity }: Finding): number => SEVERITIES.indexOf(severity)
  return {
    ...begun,
    run: {
      ...begun.run,
      durationMs: Math.max(0, statSync(path.join(dir, 'findings.jsonl')).mtimeMs - Date.parse(begun.run.startedAt)),
      executions: targets.reduce((sum, { executions }) => sum + executions, 0),
      interrupted: true,
    },
    targets,
    findings: findings.sort((a, b) => rank(a) - rank(b)),
    notTested: begun.notTested.filter(({ what }) => !targets.some(({ id }) => id === what)),
  }
}

/** Whole lines; the last one may have been cut when the run was killed. */
function lines<T>(file: string): T[] {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}
