import { existsSync } from 'node:fs'
import path from 'node:path'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import { readUserFile, readUserJson, type TargetOptions } from '../config/index.js'
import { snapshotOrigin } from '../iam/index.js'
import {
  ConfigError,
  type Evidence,
  type ExcessPermission,
  type Report,
  readPackageJson,
  type Target,
  TargetError,
} from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'
import { permissionsOf } from './permissions.js'
import { resolveTargets } from './targets.js'

export interface IamOptions extends TargetOptions {
  readonly targets: readonly string[]
  /** evidence.jsonl files; empty: that of the last run. */
  readonly evidence: readonly string[]
  readonly cwd: string
}

export interface IamResult {
  readonly targets: readonly Target[]
  readonly permissions: readonly ExcessPermission[]
  readonly calls: number
  readonly files: readonly string[]
  /** Where the list of IAM actions comes from, and of which day it is. */
  readonly actionsOf: string
}

/** Compares what each target's role grants with what stored runs exercised. Runs nothing. */
export async function iam(options: IamOptions): Promise<IamResult> {
  const { targets } = await resolveTargets(options.targets, options, options.cwd)
  const withRole = targets.filter(({ role }) => role !== null)
  if (withRole.length === 0)
    throw new ConfigError('No target has a policy: give --policy <file>, or "policies" in the configuration')
  const last = path.join(options.cwd, '.eventfuzz', 'last', 'evidence.jsonl')
  const files = options.evidence.length > 0 ? options.evidence : existsSync(last) ? [last] : []
  if (files.length === 0) throw new TargetError(`There is no evidence yet: run 'eventfuzz fuzz' first, or give --evidence <file>`)
  const evidence = files.flatMap(readEvidence)
  const tested = new Set([...files.flatMap(testedTargets), ...evidence.map(({ target }) => target)])
  const covered = withRole.filter(({ id }) => tested.has(id))
  if (covered.length === 0) throw new TargetError(`The evidence is of other targets: ${[...tested].join(', ') || 'none'}`)
  return {
    targets: covered,
    permissions: permissionsOf(covered, evidence),
    calls: evidence.length,
    files,
    actionsOf: snapshotOrigin().date,
  }
}

/** Targets of the run that wrote the evidence: one that was driven and made no call has none. */
function testedTargets(file: string): string[] {
  const report = path.join(path.dirname(file), 'report.json')
  if (!existsSync(report)) return []
  const { targets } = readUserJson(report, 'The report') as unknown as Partial<Report>
  return (targets ?? []).filter(({ status }) => status === 'tested').map(({ id }) => id)
}

let valid: ValidateFunction<Evidence> | undefined

function readEvidence(file: string): Evidence[] {
  valid ??= ownSchema<Evidence>(readPackageJson('schemas/evidence.schema.json'))
  const lines = readUserFile(file, 'The evidence file').split('\n')
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return []
    const parsed = parseLine(line)
    if (parsed === undefined || !valid!(parsed))
      throw new ConfigError(
        `The evidence file ${file} is wrong in line ${i + 1}: ${parsed === undefined ? 'no JSON' : (valid!.errors?.[0]?.message ?? 'not an evidence line')}`,
      )
    return [parsed]
  })
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
