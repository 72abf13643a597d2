import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { TargetOptions } from '../config/index.js'
import {
  advisorEvidence,
  type CallsMade,
  callsMade,
  ownCode,
  type Saturation,
  type SuggestedPolicy,
  saturationOf,
  snapshotOrigin,
  trustRisks,
} from '../iam/index.js'
import {
  ConfigError,
  type Evidence,
  type ExcessPermission,
  type Json,
  type Target,
  TargetError,
  type TargetReport,
} from '../model/index.js'
import { readEvidenceFiles, reportsBeside } from './iam-evidence.js'
import type { RoleOptions } from './live-role.js'
import { permissionsOf, suggestionsFor } from './permissions.js'
import { resolveTargets } from './targets.js'

export interface IamOptions extends TargetOptions {
  readonly targets: readonly string[]
  /** evidence.jsonl, CloudTrail or Access Advisor files; empty: evidence of the last run. */
  readonly evidence: readonly string[]
  /** Make right-sized policies. */
  readonly suggest: boolean
  /** Read this role's policies from the account instead, for all targets. */
  readonly role: string | undefined
  /** Whose account, and whether Access Advisor is asked too. */
  readonly live: RoleOptions
  readonly cwd: string
}

/** What the word "unused" rests on, for one target. */
export interface IamBasis {
  readonly target: string
  /** Undefined when no report stands beside the evidence. */
  readonly run: Pick<TargetReport, 'executions' | 'coverage'> | undefined
  /** Of the AWS calls that the code writes; undefined when it may make others. */
  readonly calls: CallsMade | undefined
  readonly saturation: Saturation
}

export interface IamResult {
  readonly targets: readonly Target[]
  readonly permissions: readonly ExcessPermission[]
  readonly suggestedPolicies: readonly (SuggestedPolicy & { readonly text: string })[]
  readonly basis: readonly IamBasis[]
  readonly calls: number
  readonly files: readonly string[]
  /** Where the list of IAM actions comes from, and of which day it is. */
  readonly actionsOf: string
}

/** Compares what each target's role grants with what stored runs exercised. Runs nothing. */
export async function iam(options: IamOptions): Promise<IamResult> {
  const { targets: resolved, functions } = await resolveTargets(options.targets, options, options.cwd)
  const { targets, rows, accessed } = await withLiveRole(resolved, options)
  const withRole = targets.filter(({ role }) => role !== null)
  if (withRole.length === 0)
    throw new ConfigError('No target has a policy: give --policy <file>, or "policies" in the configuration')
  const last = path.join(options.cwd, '.eventfuzz', 'last', 'evidence.jsonl')
  const files = options.evidence.length > 0 ? options.evidence : existsSync(last) ? [last] : []
  if (files.length === 0 && accessed === undefined)
    throw new TargetError(`There is no evidence yet: run 'eventfuzz fuzz' first, or give --evidence <file>`)
  const evidence = [...readEvidenceFiles(files, withRole), ...accessedBy(withRole, accessed)]
  const reports = reportsBeside(files)
  const tested = new Set([...reports.map(({ id }) => id), ...evidence.map(({ target }) => target)])
  const covered = withRole.filter(({ id }) => tested.has(id))
  if (covered.length === 0) throw new TargetError(`The evidence is of other targets: ${[...tested].join(', ') || 'none'}`)
  const others = [...functions, ...withRole].filter(({ id }) => !covered.some((one) => one.id === id))
  return {
    targets: covered,
    permissions: [...rows, ...permissionsOf(covered, evidence, others)],
    suggestedPolicies: options.suggest
      ? suggestionsFor(covered, evidence, others).map((one) => ({ ...one, text: textOf(one) }))
      : [],
    basis: covered.map((target) => basisOf(target, evidence, reports)),
    calls: evidence.length,
    files,
    actionsOf: snapshotOrigin().date,
  }
}

interface Live {
  readonly targets: readonly Target[]
  readonly rows: readonly ExcessPermission[]
  readonly accessed: Json | undefined
}

/** The role as the account has it, and what is to be said of it besides: whom it trusts. */
async function withLiveRole(targets: readonly Target[], { role: name, cwd, live }: IamOptions): Promise<Live> {
  if (name === undefined) return { targets, rows: [], accessed: undefined }
  const { role, account, trust, boundary, accessed } = await (await import('./live-role.js')).liveRole(name, cwd, live)
  const about = { target: targets.map(({ id }) => id).join(', '), role: name, resource: '*' }
  const rows = trustRisks({ name: `${name}-trust`, document: trust }, account).map(
    ({ statement, why }): ExcessPermission => ({
      ...{ ...about, class: 'UNKNOWN', evidence: [], action: 'sts:AssumeRole', statement, why, risks: ['trust-policy'] },
    }),
  )
  const limited = boundary === undefined ? role : { ...role, boundary }
  return { targets: targets.map((target) => ({ ...target, role: limited })), rows, accessed }
}

const accessedBy = (targets: readonly Target[], accessed: Json | undefined): Evidence[] =>
  accessed === undefined
    ? []
    : advisorEvidence(
        accessed,
        targets.map(({ id }) => id),
      )

function basisOf({ id, file, root, layers }: Target, evidence: readonly Evidence[], reports: readonly TargetReport[]): IamBasis {
  const run = reports.find((report) => report.id === id)
  const own = evidence.filter(({ target }) => target === id)
  const { sites, hidden } = ownCode(file, root, layers)
  const calls = hidden === undefined ? callsMade(sites, own) : undefined
  return { target: id, run, calls, saturation: saturationOf(own, run?.executions) }
}

/** The policy as its own file has it, so that the diff can be applied; as JSON when it is a part of a template. */
function textOf({ at, before }: SuggestedPolicy): string {
  if (at?.line === 1 && at.file.endsWith('.json') && existsSync(at.file)) return readFileSync(at.file, 'utf8')
  return `${JSON.stringify(before, null, 2)}\n`
}
