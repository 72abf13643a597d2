import { existsSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { readUserFile, resolveTargets, type TargetOptions } from '../config/index.js'
import { ConfigError, type Evidence, type ExcessPermission, readPackageJson, type Target, TargetError } from '../model/index.js'
import { permissionsOf } from './permissions.js'

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
}

/** Compares what each target's role grants with what stored runs exercised. Runs nothing. */
export async function iam(options: IamOptions): Promise<IamResult> {
  const targets = await resolveTargets(options.targets, options, options.cwd)
  const withRole = targets.filter(({ role }) => role !== null)
  if (withRole.length === 0) throw new ConfigError('No target has a policy: give --policy <file>, or "policies" in the configuration')
  const last = path.join(options.cwd, '.eventfuzz', 'last', 'evidence.jsonl')
  const files = options.evidence.length > 0 ? options.evidence : existsSync(last) ? [last] : []
  if (files.length === 0) throw new TargetError(`There is no evidence yet: run 'eventfuzz fuzz' first, or give --evidence <file>`)
  const evidence = files.flatMap(readEvidence)
  const covered = withRole.filter(({ id }) => evidence.some(({ target }) => target === id))
  return { targets: withRole, permissions: permissionsOf(covered.length > 0 ? covered : withRole, evidence), calls: evidence.length, files }
}

let valid: ValidateFunction<Evidence> | undefined

function readEvidence(file: string): Evidence[] {
  valid ??= new Ajv2020({ strict: false, ownProperties: true }).compile<Evidence>(readPackageJson('schemas/evidence.schema.json'))
  const lines = readUserFile(file, 'The evidence file').split('\n')
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return []
    const parsed = parseLine(line)
    if (parsed === undefined || !valid!(parsed)) throw new ConfigError(`The evidence file ${file} is wrong in line ${i + 1}: ${parsed === undefined ? 'no JSON' : (valid!.errors?.[0]?.message ?? 'not an evidence line')}`)
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
