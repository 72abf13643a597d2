import path from 'node:path'
import type { Evidence, Finding, LiveReport, Oracle, Report, SandboxReport, Target, TargetReport } from '../model/index.js'
import { permissionsOf, suggestionsFor } from './permissions.js'
import { ruleReport } from './rules.js'
import { excerptAt } from './source-excerpt.js'
import { untriedOn, type WantedSurface } from './surfaced.js'
import { placeOf, type Resolved } from './targets.js'
import { version } from './version.js'

const RANK = { critical: 0, high: 1, medium: 2, low: 3 } as const

/** What a run adds up to, before it is put in order. */
export interface Run {
  readonly id: string
  readonly cwd: string
  readonly seed: number
  readonly sandbox: SandboxReport
  readonly startedAt: Date
  readonly interrupted: boolean
  /** Why it ended before its time, where the user asked for that. */
  readonly ended?: string | undefined
  readonly resolved: Resolved
  readonly rules: readonly Oracle[]
  /** delivered unless said otherwise. */
  readonly surface?: WantedSurface
  readonly findings: readonly Finding[]
  readonly evidence: readonly Evidence[]
  readonly targets: readonly TargetReport[]
  readonly shard?: Report['run']['shard']
  /** Targets that other runs test. */
  readonly elsewhere?: readonly Target[]
  /** Of deployed functions, and the rules that could not be judged there. */
  readonly live?: { readonly report: LiveReport; readonly blind: readonly string[] } | undefined
}

/** The one report of a run: findings worst first, targets in the order they were named. */
export function reportOf(run: Run): Report {
  const { resolved, startedAt } = run
  const { targets } = resolved
  const order = (id: string) => targets.findIndex((target) => target.id === id)
  const findings = inOrder(
    run.findings.map((finding) => placed(finding, run)),
    order,
  )
  // Paths below the working directory are shown as the user writes them.
  const shown = (file: string) => (file.startsWith(`${run.cwd}${path.sep}`) ? path.relative(run.cwd, file) : file)
  const reports = run.targets.map((one) => ({ ...one, file: shown(one.file) })).sort((a, b) => order(a.id) - order(b.id))
  // From outside no call is seen, and of a run that ended early too few: nothing can be said of what a role is used for.
  const seen =
    run.live === undefined && run.ended === undefined
      ? targets.filter(({ id }) => reports.some((report) => report.id === id && report.status === 'tested'))
      : []
  const others = [...resolved.functions, ...targets, ...(run.elsewhere ?? [])]
  return {
    schemaVersion: 1,
    tool: { name: 'eventfuzz', version: version() },
    run: {
      id: run.id,
      seed: run.seed,
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      executions: reports.reduce((sum, target) => sum + target.executions, 0),
      sandbox: run.sandbox,
      interrupted: run.interrupted,
      ...(run.shard === undefined ? {} : { shard: run.shard }),
      ...(run.live && { live: run.live.report }),
    },
    rules: run.rules.map(ruleReport),
    targets: reports,
    findings,
    permissions: permissionsOf(seen, run.evidence, others),
    suggestedPolicies: suggestionsFor(seen, run.evidence, others) as unknown as Report['suggestedPolicies'],
    notTested: [
      ...notTested(resolved, reports, shown, run.live?.report.stoppedBy ?? run.ended),
      ...untriedOn(run.surface ?? 'delivered'),
      ...(run.ended === undefined
        ? []
        : [{ what: 'the rest of this run, and what the roles are used for', why: `${run.ended} (--max-findings)` }]),
      ...notSeen(run),
    ],
  }
}

/** Worst first; of one severity by target, then by fingerprint. */
export const inOrder = (findings: readonly Finding[], order: (target: string) => number): Finding[] =>
  [...findings].sort(
    (a, b) =>
      RANK[a.severity] - RANK[b.severity] || order(a.target) - order(b.target) || a.fingerprint.localeCompare(b.fingerprint),
  )

/** With its line named from the working directory, where editors and code hosts look, not from the package of the function. */
function placed(found: Finding, { resolved, cwd }: Run): Finding {
  const { sink, target: id } = found
  const root = resolved.targets.find((target) => target.id === id)?.root
  if (sink?.location == null || root === undefined) return found
  const excerpt = excerptAt(root, sink.location)
  const finding = excerpt === undefined ? found : { ...found, excerpt }
  if (!root.startsWith(`${cwd}${path.sep}`)) return finding
  const file = path.join(root, sink.location.file)
  const below =
    file.startsWith(`${cwd}${path.sep}`) && !path.isAbsolute(sink.location.file) && !/^[a-z]+:/.test(sink.location.file)
  if (!below) return finding
  return { ...finding, sink: { ...sink, location: { ...sink.location, file: path.relative(cwd, file) } } }
}

const MADE_UP = {
  aws: 'they were made up from the model of the service: give fixtures (eventfuzz init writes stubs)',
  host: 'they were made up, 200 and an empty object: give http fixtures (eventfuzz init writes stubs)',
}

/** Said as prominently as the findings: what this run cannot speak of. */
function notTested(
  { targets, untested, leftOut, problems }: Resolved,
  reports: readonly TargetReport[],
  shown: (file: string) => string,
  stoppedBy: string | null | undefined,
): Report['notTested'] {
  const failed = reports
    .filter(({ status }) => status !== 'tested')
    .map(({ id, status, missing }) => ({
      what: id,
      why: `${status}: ${missing.map(({ kind, name }) => `${kind} ${name}`).join('; ') || 'no honest event was answered'}`,
    }))
  const madeUp = reports
    .filter(({ status, missing }) => status === 'tested' && missing.length > 0)
    .flatMap(({ id, missing }) =>
      (['aws', 'host'] as const).flatMap((kind) => {
        const names = missing.filter((one) => one.kind === kind).map(({ name }) => name)
        return names.length === 0 ? [] : [{ what: `what ${id} makes of real answers of ${names.join(', ')}`, why: MADE_UP[kind] }]
      }),
    )
  const never = targets
    .filter(({ id }) => !reports.some((report) => report.id === id))
    .map(({ id }) => ({ what: id, why: stoppedBy ?? 'the run was interrupted before it was reached' }))
  return [
    ...failed,
    ...never,
    ...madeUp,
    ...[...untested, ...leftOut].map(({ what, why, at }) => ({ what, why: `${why} (${at})` })),
    ...problems.map((problem) => ({ what: shown(placeOf(problem)), why: problem.text })),
  ]
}

/** What nobody can see of a function that runs elsewhere, and how far the run got. */
function notSeen({ live }: Run): Report['notTested'] {
  if (live === undefined) return []
  const { blind, report } = live
  return [
    ...(blind.length === 0
      ? []
      : [{ what: `the rules ${blind.join(', ')}`, why: 'only seen inside the function: fuzz its code on this machine' }]),
    ...(report.stoppedBy === null ? [] : [{ what: 'the rest of the cases', why: `the run ended early: ${report.stoppedBy}` }]),
  ]
}
