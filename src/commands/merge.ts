import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, type Evidence, type Finding, type Report, type SandboxReport } from '../model/index.js'
import { caseFile } from './gathered.js'
import { readEvidenceFiles } from './iam-evidence.js'
import { withKnown } from './merge-known.js'
import { permissionsOfUsers, suggestionsForUsers } from './permissions.js'
import { readCase } from './replay.js'
import { inOrder } from './report-of.js'
import { readRoles } from './roles-file.js'
import { type RunStore, replayLine, runStore } from './run-store.js'
import { storedRun } from './stored-report.js'

export interface MergeOptions {
  /** Runs as `report` takes them. */
  readonly runs: readonly string[]
  readonly outputDir: string | undefined
  /** Directory of the findings of earlier runs; undefined: the runs stand by themselves. */
  readonly known?: string | undefined
  readonly cwd: string
}

export interface Merged {
  readonly report: Report
  readonly store: RunStore
  /** Shards that are not among the runs. */
  readonly missing: readonly number[]
}

interface Part {
  readonly dir: string
  readonly report: Report
}

/** Makes one stored run of several: the shards of one run, or runs of different functions. Nothing is written before all were read. */
export function merge({ runs, outputDir, known, cwd }: MergeOptions): Merged {
  const parts = runs.map((run) => storedRun(run, cwd)).sort((a, b) => shardIndex(a) - shardIndex(b))
  checkFit(parts)
  const store = runStore(cwd, outputDir, new Date())
  if (parts.some(({ dir }) => dir === store.dir))
    throw new ConfigError(`--output-dir ${outputDir} is one of the runs that are merged`)
  const evidence = parts.flatMap(({ dir }) => evidenceIn(dir))
  const count = parts[0]!.report.run.shard?.count ?? 0
  const present = parts.map(shardIndex)
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((i) => !present.includes(i))
  const made = merged(parts, missing, evidence, (finding) => replayHere(finding, store, cwd), store.id)
  const found = parts.flatMap(({ dir }) => casesIn(dir)).map((file) => readCase(file))
  const history = known === undefined ? undefined : withKnown(made, found, path.resolve(cwd, known))
  const report = history === undefined ? made : ordered(history.report, parts)
  const cases = [...found, ...(history?.cases ?? [])]
  store.create()
  for (const stored of cases) store.write(...caseFile({ ...stored, replay: replayHere(stored, store, cwd) }))
  store.append('evidence.jsonl', evidence)
  store.append('findings.jsonl', report.findings)
  store.write('report.json', `${JSON.stringify(report, null, 2)}\n`)
  history?.remember()
  return { report, store, missing }
}

/** Findings that nobody found again stand among the others. */
function ordered(report: Report, parts: readonly Part[]): Report {
  const ids = idsOf(parts.map((part) => part.report))
  return { ...report, findings: inOrder(report.findings, (target) => ids.indexOf(target)) }
}

const idsOf = (reports: readonly Report[]): readonly string[] =>
  reports[0]!.run.shard?.order ?? reports.flatMap(({ targets }) => targets.map((target) => target.id))

/** With the flags that the run had. */
function replayHere({ fingerprint, replay }: Pick<Finding, 'fingerprint' | 'replay'>, store: RunStore, cwd: string): string {
  const flags = /( --aws-endpoint \S+)?( --enforce-policy)?$/.exec(replay)?.[0] ?? ''
  return `${replayLine(fingerprint, store, { cwd, awsEndpoint: undefined, enforcePolicy: false })}${flags}`
}

const shardIndex = ({ report }: Part): number => report.run.shard?.index ?? 0

function checkFit(parts: readonly Part[]): void {
  const [first, ...others] = parts
  if (first === undefined) throw new ConfigError('merge takes the directories of the runs to merge')
  const say = ({ report: { run, tool } }: Part) => ({ seed: run.seed, shards: run.shard?.count ?? 0, version: tool.version })
  for (const other of others) {
    for (const [name, value] of Object.entries(say(first))) {
      const its = say(other)[name as keyof ReturnType<typeof say>]
      if (its !== value && (name !== 'seed' || first.report.run.shard !== undefined))
        throw new ConfigError(
          `These runs do not belong together: ${first.dir} has ${name} ${value}, ${other.dir} has ${name} ${its}`,
        )
    }
  }
  const twice = parts.find(
    (part, i) => part.report.run.shard !== undefined && parts.findIndex((one) => shardIndex(one) === shardIndex(part)) !== i,
  )
  if (twice !== undefined) throw new ConfigError(`Shard ${shardIndex(twice)} is there twice: ${twice.dir} is the second`)
}

function merged(
  parts: readonly Part[],
  missing: readonly number[],
  evidence: readonly Evidence[],
  replayOf: (finding: Finding) => string,
  id: string,
): Report {
  const reports = parts.map(({ report }) => report)
  const [{ tool, rules, run }] = reports as [Report, ...Report[]]
  const ids = idsOf(reports)
  const order = (target: string) => ids.indexOf(target)
  const findings = new Map<string, Finding>()
  for (const finding of reports.flatMap((report) => report.findings)) {
    const { fingerprint } = finding
    if (!findings.has(fingerprint)) findings.set(fingerprint, { ...finding, replay: replayOf(finding) })
  }
  const targets = reports.flatMap((report) => report.targets).sort((a, b) => order(a.id) - order(b.id))
  const lost = run.shard?.order.filter((target) => !reports.some(speaksOf(target))) ?? []
  return {
    schemaVersion: 1,
    tool,
    run: mergedRun(reports, id),
    ...(rules === undefined ? {} : { rules }),
    targets,
    findings: inOrder([...findings.values()], order),
    ...permissionsIn(parts, evidence),
    notTested: [...lostText(missing, lost, run.shard?.count), ...notTestedIn(reports, order)],
  }
}

const speaksOf =
  (id: string) =>
  ({ targets, notTested }: Report): boolean =>
    targets.some((target) => target.id === id) || notTested.some(({ what }) => what === id)

const lostText = (missing: readonly number[], lost: readonly string[], count = 0): Report['notTested'] => [
  ...missing.map((i) => ({ what: `shard ${i} of ${count}`, why: 'its run is not among those that were merged' })),
  ...lost.map((what) => ({ what, why: 'it belongs to a shard that was not merged' })),
]

/** From the first start to the last end. */
function mergedRun(reports: readonly Report[], id: string): Report['run'] {
  const runs = reports.map(({ run }) => run)
  const start = Math.min(...runs.map(({ startedAt }) => Date.parse(startedAt)))
  const end = Math.max(...runs.map(({ startedAt, durationMs }) => Date.parse(startedAt) + durationMs))
  return {
    id,
    seed: runs[0]!.seed,
    startedAt: new Date(start).toISOString(),
    durationMs: end - start,
    executions: runs.reduce((sum, { executions }) => sum + executions, 0),
    sandbox: weakest(runs.map(({ sandbox }) => sandbox)),
    interrupted: runs.some(({ interrupted }) => interrupted),
  }
}

const STRENGTH: Readonly<Record<SandboxReport['level'], number>> = { none: 0, weak: 1, medium: 2, strong: 3 }

const weakest = (sandboxes: readonly SandboxReport[]): SandboxReport =>
  [...sandboxes].sort((a, b) => STRENGTH[a.level] - STRENGTH[b.level])[0]!

/** In the order of one run: first of targets, then of what no target was made of; each once. */
function notTestedIn(reports: readonly Report[], order: (target: string) => number): Report['notTested'] {
  const all = new Map(reports.flatMap(({ notTested }) => notTested.map((one) => [`${one.what}\0${one.why}`, one] as const)))
  const isTarget = ({ what }: { readonly what: string }) => reports.some(({ targets }) => targets.some(({ id }) => id === what))
  const own = [...all.values()].filter(isTarget).sort((a, b) => order(a.what) - order(b.what))
  return [...own, ...[...all.values()].filter((one) => !isTarget(one))]
}

/** Roles that functions of several shards share are judged by all of them. */
function permissionsIn(parts: readonly Part[], evidence: readonly Evidence[]): Pick<Report, 'permissions' | 'suggestedPolicies'> {
  const files = parts.map(({ dir }) => readRoles(dir))
  const known = files.filter((file) => file !== undefined)
  if (known.length < files.length)
    return {
      permissions: parts.flatMap(({ report }) => report.permissions),
      suggestedPolicies: parts.flatMap(({ report }) => report.suggestedPolicies),
    }
  const order = parts[0]!.report.run.shard?.order ?? []
  const tested = known.flatMap((file) => file.tested).sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  const users = known.flatMap((file) => file.users)
  return {
    permissions: permissionsOfUsers(tested, evidence, users),
    suggestedPolicies: suggestionsForUsers(tested, evidence, users) as unknown as Report['suggestedPolicies'],
  }
}

function evidenceIn(dir: string): Evidence[] {
  const file = path.join(dir, 'evidence.jsonl')
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0 ? [] : readEvidenceFiles([file], [])
}

function casesIn(dir: string): string[] {
  const cases = path.join(dir, 'cases')
  const names = existsSync(cases) ? readdirSync(cases).filter((name) => /^[0-9a-f]{64}\.json$/.test(name)) : []
  return names.map((name) => path.join(cases, name))
}
