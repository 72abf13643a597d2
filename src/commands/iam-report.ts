import path from 'node:path'
import type { Json, Report, TargetReport } from '../model/index.js'
import type { IamResult } from './iam.js'
import { version } from './version.js'

const NOTHING = { covered: 0, total: 0 }

/** What `eventfuzz iam` found as the one report, so that every reporter can render it. It has no findings: nothing was run. */
export function iamReport(result: IamResult, cwd: string, now: Date): Report {
  const targets = result.targets.map(({ id, file, export: name, runtime, sources }): TargetReport => {
    const run = result.basis.find(({ target }) => target === id)?.run
    return {
      ...{ id, file: path.relative(cwd, file), export: name, runtime, sources, status: 'tested', missing: [] },
      executions: run?.executions ?? 0,
      coverage: run?.coverage ?? { lines: NOTHING, branches: NOTHING },
      events: { accepted: 0, rejected: 0 },
    }
  })
  return {
    schemaVersion: 1,
    tool: { name: 'eventfuzz', version: version() },
    run: {
      ...{ id: 'iam', seed: 0, startedAt: now.toISOString(), durationMs: 0 },
      executions: targets.reduce((sum, { executions }) => sum + executions, 0),
      sandbox: { level: 'none', layers: [] },
      interrupted: false,
    },
    ...{ rules: [], targets, findings: [], permissions: result.permissions },
    ...{ suggestedPolicies: JSON.parse(JSON.stringify(result.suggestedPolicies)) as Json[], notTested: [] },
  }
}
