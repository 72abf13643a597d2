import { existsSync } from 'node:fs'
import path from 'node:path'
import { readConfig, type TargetOptions } from '../config/index.js'
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
import { failuresFor, permissionsOf, suggestionsFor, type User } from './permissions.js'
import { resolveTargets } from './targets.js'
import type { FileEdit } from './template-edits.js'

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
  readonly run: Pick<TargetReport, 'executions' | 'unguided' | 'coverage'> | undefined
  /** Of the AWS calls that the code writes; undefined when it may make others. */
  readonly calls: CallsMade | undefined
  readonly saturation: Saturation
}

export interface IamResult {
  readonly targets: readonly Target[]
  readonly permissions: readonly ExcessPermission[]
  /** `noEdit`: why no file is edited for it; null: one of `edits` does it. */
  readonly suggestedPolicies: readonly (SuggestedPolicy & { readonly noEdit: string | null })[]
  readonly edits: readonly FileEdit[]
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
    ...(options.suggest ? await suggested(covered, evidence, others, options) : { suggestedPolicies: [], edits: [] }),
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
  return { target: id, run, calls, saturation: saturationOf(own, run) }
}

async function suggested(
  targets: readonly Target[],
  evidence: readonly Evidence[],
  others: readonly User[],
  { cwd, parameters }: IamOptions,
): Promise<Pick<IamResult, 'suggestedPolicies' | 'edits'>> {
  const found = suggestionsFor(targets, evidence, others)
  if (found.length === 0) return { suggestedPolicies: [], edits: [] }
  const { templateEdits } = await import('./template-edits.js')
  const config = await readConfig(cwd)
  const { files, refused } = await templateEdits(found, {
    ...{ cwd, targets, parameters: { ...config.parameters, ...parameters } },
    failures: (role, after) => failuresFor(role, after, { targets, evidence, others }),
  })
  return { suggestedPolicies: found.map((one, i) => ({ ...one, at: shown(one.at, cwd), noEdit: refused[i]! })), edits: files }
}

/** As the user would write the file. */
function shown(at: SuggestedPolicy['at'], cwd: string): SuggestedPolicy['at'] {
  if (at === null || at === undefined) return at
  const below = path.relative(cwd, at.file)
  return below.startsWith('..') ? at : { ...at, file: below }
}
