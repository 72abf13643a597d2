import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import { readUserFile, readUserJson } from '../config/index.js'
import { advisorEvidence, isAccessAdvisor, isTrail, type TrailCaller, trailEvidence } from '../iam/index.js'
import {
  ConfigError,
  type Evidence,
  type Json,
  type Report,
  readPackageJson,
  type Target,
  type TargetReport,
} from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'

const MOST_BYTES = 512 * 1024 * 1024

/** Calls from evidence.jsonl of runs, CloudTrail files (JSON, gz) and Access Advisor results, all together. */
export const readEvidenceFiles = (files: readonly string[], targets: readonly Target[]): Evidence[] =>
  files.flatMap((file) => readOne(file, targets))

/** Reports of the runs that wrote the evidence: a target that was driven and made no call has none. */
export function reportsBeside(files: readonly string[]): readonly TargetReport[] {
  return files.flatMap((file) => {
    const report = path.join(path.dirname(file), 'report.json')
    if (!existsSync(report) || path.basename(file) !== 'evidence.jsonl') return []
    const { targets } = readUserJson(report, 'The report') as unknown as Partial<Report>
    return (targets ?? []).filter(({ status }) => status === 'tested')
  })
}

function readOne(file: string, targets: readonly Target[]): Evidence[] {
  const text = file.endsWith('.gz') ? unzipped(file) : readUserFile(file, 'The evidence file')
  const whole = parse(text)
  if (whole !== undefined && isTrail(whole)) return trailEvidence(whole, (caller) => targetOf(caller, targets))
  if (whole !== undefined && isAccessAdvisor(whole))
    return advisorEvidence(
      whole,
      targets.map(({ id }) => id),
    )
  return readLines(text, file)
}

function unzipped(file: string): string {
  if (!existsSync(file)) throw new ConfigError(`The evidence file ${file} does not exist`)
  try {
    return gunzipSync(readFileSync(file), { maxOutputLength: MOST_BYTES }).toString('utf8')
  } catch (error) {
    throw new ConfigError(`The evidence file ${file} cannot be unpacked (${(error as Error).message})`)
  }
}

// What a role is called that only the command line gives
const NAMELESS = 'role'

/** Lambda names a session after its function; a deployed name carries the logical id between dashes: `shop-OrdersFunction-1A2B3C`. */
function targetOf({ role, session }: TrailCaller, targets: readonly Target[]): string | undefined {
  const isNamed = (given: string, name: string): boolean => `-${given}-`.includes(`-${name}-`)
  const own = ({ id }: Target): string => path.basename(id).replace(/(#.*|\.\w+)$/, '')
  const isRole = (target: Target): boolean =>
    (target.role !== null && target.role.name !== NAMELESS && isNamed(role, target.role.name)) || isNamed(role, own(target))
  return (targets.find((target) => isNamed(session, own(target))) ?? targets.find(isRole))?.id
}

let valid: ValidateFunction<Evidence> | undefined

function readLines(text: string, file: string): Evidence[] {
  valid ??= ownSchema<Evidence>(readPackageJson('schemas/evidence.schema.json'))
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return []
    const parsed: unknown = parse(line)
    if (parsed === undefined || !valid!(parsed))
      throw new ConfigError(
        `The evidence file ${file} is wrong in line ${i + 1}: ${parsed === undefined ? 'no JSON' : (valid!.errors?.[0]?.message ?? 'not an evidence line')}`,
      )
    return [parsed]
  })
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
