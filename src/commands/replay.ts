import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { fingerprintOf } from '../campaign/fingerprint.js'
import { runInOrder } from '../campaign/in-order.js'
import { executionsOf } from '../campaign/runner.js'
import type { StoredCase } from '../campaign/stored-case.js'
import { readConfig, readUserJson } from '../config/index.js'
import { localInvoker } from '../invokers/local.js'
import {
  type Case,
  ConfigError,
  type Observation,
  readPackageJson,
  type SandboxLevel,
  type Session,
  type Target,
  TargetError,
} from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'
import { enforcedRoles } from './enforced-roles.js'
import { rules } from './rules.js'
import { resolveTargets } from './targets.js'
import { openUserRules } from './user-rules.js'

export interface ReplayOptions {
  /** A fingerprint of at least 8 hex digits, or a case file. */
  readonly what: string
  readonly cwd: string
  readonly node: string
  readonly sandbox: SandboxLevel | undefined
  readonly awsEndpoint: string | undefined
  readonly enforcePolicy: boolean
  readonly onWarning: (text: string) => void
}

export interface Replayed {
  readonly stored: StoredCase
  readonly file: string
  readonly reproduced: { readonly k: number; readonly n: number }
  /** One line a run, for people: what happened. */
  readonly runs: readonly string[]
}

const RUNS = 3

export interface Run {
  readonly fired: boolean
  /** False: the function never got the event. */
  readonly judged: boolean
  readonly text: string
}

/** Runs a stored case in three fresh processes and judges it again with its own rule. */
export async function replay(options: ReplayOptions, signal: AbortSignal): Promise<Replayed> {
  const file = findCase(options.what, options.cwd)
  const stored = readCase(file)
  const target = await currentTarget(stored, options.cwd)
  const enforced = options.enforcePolicy ? enforcedRoles([target], options.onWarning) : undefined
  await using invoker = await localInvoker({ ...options, enforced })
  const opened = await invoker.open(target)
  if (opened.kind === 'not-loaded') throw new TargetError(`${target.file} cannot be run: ${opened.type}: ${opened.reason}`)
  await using session = opened.session
  await using user = await openUserRules((await readConfig(options.cwd)).plugins, options.onWarning)
  const known = [...rules(), ...user.rules]
  const runs: Run[] = []
  for (let i = 0; i < RUNS && !signal.aborted; i++) {
    if (i > 0) await session.renew()
    runs.push(await runOnce(stored, target, session, i, signal, known))
  }
  if (signal.aborted || runs.every(({ judged }) => !judged)) throw new TargetError(`${target.file} could not be run to the end`)
  const k = runs.filter(({ fired }) => fired).length
  return { stored, file, reproduced: { k, n: runs.length }, runs: runs.map(({ text }) => text) }
}

/** One run of a stored case, judged. What was found elsewhere, or runs there, is known by its rule: its line is not seen. */
export async function runOnce(
  stored: StoredCase,
  target: Target,
  session: Session,
  i: number,
  signal: AbortSignal,
  known = rules(),
  isElsewhere = stored.where !== undefined,
): Promise<Run> {
  let n = i * 100
  const { steps } = stored
  const batch = executionsOf({ source: stored.source, steps, wire: stored.case.wire }, 'proof', target.timeoutMs, () => ++n)
  const observations = await runInOrder(session, batch, signal)
  const trial = { case: { ...stored.case, steps: stored.steps } as Case, observations, secrets: session.secrets }
  const oracle = known.find(({ id }) => id === stored.rule)
  if (oracle === undefined)
    throw new ConfigError(`The case was found by the rule '${stored.rule}', which this version does not have`)
  const last = observations.at(-1)
  const verdicts = last?.lost === undefined ? [...oracle.judge(trial)] : []
  const verdict = verdicts.find((one) => isElsewhere || fingerprintOf(target, one) === stored.fingerprint)
  return {
    fired: verdict !== undefined,
    judged: last !== undefined && last.lost === undefined,
    text: verdict?.evidence ?? summary(last),
  }
}

function summary(observation: Observation | undefined): string {
  const outcome = observation?.outcome
  switch (outcome?.kind) {
    case 'returned':
      return `returned ${outcome.text.slice(0, 120)}`
    case 'threw':
      return `threw ${outcome.name}: ${outcome.message.slice(0, 120)}`
    case 'timed-out':
      return `had not answered after ${outcome.afterMs} ms`
    case 'crashed':
      return observation?.lost ?? `its process ended (${outcome.reason})`
    default:
      return 'was not run'
  }
}

/** The function as it is now: from the configuration when that knows it, else as it was stored. */
export async function currentTarget(stored: StoredCase, cwd: string): Promise<Target> {
  const none = { events: [], policies: [], environment: {}, timeoutMs: undefined, memoryMb: undefined, runtime: undefined }
  const here = stored.target.root.startsWith(cwd) ? [stored.target.root, cwd] : [cwd, stored.target.root]
  for (const dir of here) {
    const known = await resolveTargets([], none, dir).catch((error: unknown) => {
      if (error instanceof ConfigError || error instanceof TargetError) return { targets: [] }
      throw error
    })
    const same = known.targets.find(({ id, file }) => id === stored.target.id && file === stored.target.file)
    if (same !== undefined) return { ...same, id: stored.target.id }
  }
  return { ...stored.target, role: null }
}

export function readCase(file: string): StoredCase {
  const value = readUserJson(file, 'The case file')
  const check = ownSchema<StoredCase>(readPackageJson('schemas/case.schema.json'))
  if (check(value)) return checkSteps(placed(value, path.dirname(file)), file)
  const [error] = check.errors ?? []
  throw new ConfigError(
    `The case file ${file} is wrong at ${error?.instancePath || '/'}: it ${error?.message ?? 'does not fit the schema'}`,
  )
}

/** An exported case stands in a repository: what it names is relative to it. */
const placed = (stored: StoredCase, dir: string): StoredCase => ({
  ...stored,
  target: {
    ...stored.target,
    file: path.resolve(dir, stored.target.file),
    // Cases written by hand may have none.
    ...(stored.target.root === undefined ? {} : { root: path.resolve(dir, stored.target.root) }),
  },
})

/** The harness takes JSON only: a step that is none could not be run, and would look as if it did not reproduce. */
function checkSteps(stored: StoredCase, file: string): StoredCase {
  for (const [i, { text }] of stored.steps.entries()) {
    try {
      JSON.parse(text)
    } catch {
      throw new ConfigError(`The case file ${file} is wrong at /steps/${i}/text: it is no JSON`)
    }
  }
  return stored
}

/** A path, or the start of a fingerprint in the last run, then in any other. */
export function findCase(what: string, cwd: string): string {
  const asFile = path.resolve(cwd, what)
  if (existsSync(asFile) && statSync(asFile).isFile()) return asFile
  if (!/^[0-9a-f]{8,64}$/i.test(what))
    throw new ConfigError(`'${what}' is neither a case file nor a fingerprint (at least 8 hex digits)`)
  const runs = path.join(cwd, '.eventfuzz', 'runs')
  const dirs = [
    path.join(cwd, '.eventfuzz', 'last'),
    ...list(runs)
      .sort()
      .reverse()
      .map((name) => path.join(runs, name)),
  ]
  for (const dir of dirs) {
    const matching = list(path.join(dir, 'cases')).filter((name) => name.startsWith(what.toLowerCase()) && name.endsWith('.json'))
    if (matching.length > 1)
      throw new ConfigError(
        `'${what}' is the start of ${matching.length} fingerprints: ${matching.map((name) => name.slice(0, 16)).join(', ')}`,
      )
    if (matching.length === 1) return path.join(dir, 'cases', matching[0]!)
  }
  throw new ConfigError(`No stored case has the fingerprint ${what}: run 'eventfuzz fuzz' here first, or name the case file`)
}

const list = (dir: string): string[] => (existsSync(dir) ? readdirSync(dir) : [])
