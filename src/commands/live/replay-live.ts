import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { StoredCase } from '../../campaign/stored-case.js'
import { readConfig } from '../../config/index.js'
import { ConfigError, type Session, type Target, TargetError } from '../../model/index.js'
import { currentTarget, findCase, type Replayed, type Run, readCase, runOnce } from '../replay.js'
import { rules } from '../rules.js'
import { openUserRules } from '../user-rules.js'
import { type LiveFlags, openLive } from './open-live.js'
import { placesOf, whereText } from './places.js'
import { replayPair } from './replay-pair.js'

export interface LiveReplayOptions {
  /** A fingerprint of at least 8 hex digits, or a case file. */
  readonly what: string
  /** ARN, function name or URL. */
  readonly target: string
  readonly live: LiveFlags
  readonly cwd: string
  readonly node: string
  /** Hears what has to be read before anything is sent. */
  readonly onAnnounced: (lines: readonly string[]) => void
  readonly onWarning: (text: string) => void
}

export interface LiveReplayed extends Replayed {
  readonly where: string
}

const RUNS = 3

/** Runs a stored case three times where the function really is, past the same guards as any live run. */
export async function replayLive(options: LiveReplayOptions, signal: AbortSignal): Promise<LiveReplayed> {
  const { cwd, live: flags, target: word } = options
  const file = findCase(options.what, cwd)
  const stored = readCase(file)
  const known = await targetHere(stored, cwd)
  const { live: config, plugins } = await readConfig(cwd)
  const allowed = config === undefined ? undefined : { ...config, targets: { [known.id]: word } }
  // Without a configuration the guards say what is missing.
  const places = placesOf([config === undefined ? word : known.id], [known], allowed, {
    ...{ events: [stored.source], timeoutMs: undefined, memoryMb: undefined, endpoint: flags.endpoint },
  })
  await using user = await openUserRules(plugins, options.onWarning)
  const run = { dir: path.join(cwd, '.eventfuzz', 'replays', nameOf(stored)), resumed: false, local: undefined }
  const live = await openLive(places, allowed, flags, cwd, run, [...rules(), ...user.rules])
  await using invoker = live.invoker
  if (live.blind.includes(stored.rule))
    throw new ConfigError(`${stored.rule} cannot be judged where nobody looks into the function: replay it on this machine`)
  options.onAnnounced(live.announcement)
  const [target] = live.targets
  const opened = target === undefined ? undefined : await invoker.open(target)
  if (target === undefined || opened?.kind !== 'open') throw new TargetError(`${word} cannot be run`)
  await using session = opened.session
  const until = AbortSignal.any([signal, live.gate.signal])
  const judged = await runsOf(stored, target, session, until, live.oracles)
  const { stopped } = live.gate
  if (stopped?.exit === 2) throw new ConfigError(stopped.why)
  if (judged.runs.every((one) => !one.judged)) throw new TargetError(stopped?.why ?? `${word} could not be run to the end`)
  const { runs, k, n } = judged
  return { stored, file, reproduced: { k, n }, runs: runs.map(({ text }) => text), where: whereText(places[0]!) }
}

interface Judged {
  readonly runs: readonly Run[]
  readonly k: number
  readonly n: number
}

async function runsOf(
  stored: StoredCase,
  target: Target,
  session: Session,
  signal: AbortSignal,
  oracles: Parameters<typeof runOnce>[5],
): Promise<Judged> {
  if (stored.twin !== undefined) return replayPair(stored, stored.twin, target, session, signal)
  const runs: Run[] = []
  for (let i = 0; i < RUNS && !signal.aborted; i++) runs.push(await runOnce(stored, target, session, i, signal, oracles, true))
  return { runs, k: runs.filter(({ fired }) => fired).length, n: runs.length }
}

/** What was found elsewhere may have no code on this machine. */
const targetHere = async (stored: StoredCase, cwd: string): Promise<Target> =>
  stored.target.root === '' ? { ...stored.target, role: null } : currentTarget(stored, cwd)

const nameOf = ({ fingerprint }: StoredCase): string =>
  `${fingerprint.slice(0, 12)}-${Date.now()}-${randomBytes(2).toString('hex')}`
