import path from 'node:path'
import { isFileWord, loadOutside, readConfig } from '../../config/index.js'
import { shellWord } from '../../events/shell-words.js'
import {
  ConfigError,
  type Invoker,
  type JsonObject,
  type LiveReport,
  type Oracle,
  type PayloadFamily,
  type Target,
  TargetError,
  type TargetReport,
} from '../../model/index.js'
import type { FuzzOptions } from '../fuzz-options.js'
import { type RunStore, runStore } from '../run-store.js'
import { type Resolved, resolveTargets } from '../targets.js'
import type { LiveFlags } from './open-live.js'
import { isRemoteWord, nameOf, placesOf, whereText } from './places.js'
import { resumedDir, resumedSeed, writeRecord } from './record.js'

/** What the command line says of functions that really run. */
export interface LiveAsked extends Omit<LiveFlags, 'timeMs'> {
  /** A run that was interrupted goes on: the last one, or the one named. */
  readonly resume: string | true | undefined
}

/** A run against functions that really run, as `fuzz` needs it. */
export interface LiveRun {
  readonly store: RunStore
  readonly resolved: Resolved
  readonly invoker: Invoker
  readonly announcement: readonly string[]
  readonly seed: number
  readonly runs: number
  readonly oracles: readonly Oracle[]
  families(all: readonly PayloadFamily[]): readonly PayloadFamily[]
  readonly pairs: readonly PayloadFamily[]
  /** The run has a directory now. */
  begun(): void
  /** Also aborted when nothing more may be sent. */
  until(signal: AbortSignal): AbortSignal
  /** Somebody made the stop file. */
  isStopped(): boolean
  whereOf(target: Target): string | undefined
  /** What a replay at the same place has to be told. */
  replayFlags(target: Target): string
  counted(target: TargetReport): TargetReport
  report(): { readonly report: LiveReport; readonly blind: readonly string[] }
  failure(): { readonly why: string; readonly exit: 2 | 3 } | undefined
}

/** Undefined for a run on this machine: neither asked for, nor a target that is elsewhere. */
export async function openLiveRun(options: FuzzOptions, rules: readonly Oracle[], now: Date): Promise<LiveRun | undefined> {
  const { live: flags, cwd, targets: words } = options
  if (flags === undefined || (!flags.flag && flags.resume === undefined && !words.some(isRemoteWord))) return undefined
  const { live: config } = await readConfig(cwd)
  const { harmless, openLive } = await import('./open-live.js')
  const places = placesOf(words, await known(options, Object.keys(config?.targets ?? {})), config, {
    ...options,
    endpoint: flags.endpoint,
  })
  const asked = askedOf(options, rules)
  const dir = flags.resume === undefined ? undefined : resumedDir(cwd, flags.resume, options.outputDir)
  const seed = dir === undefined ? options.seed : resumedSeed(dir, asked)
  const store = dir === undefined ? runStore(cwd, options.outputDir, now) : resumedStore(options, dir, now)
  const { node, sandbox } = options
  const run = { dir: store.dir, resumed: dir !== undefined, local: { node, sandbox } }
  const live = await openLive(places, config, { ...flags, timeMs: options.timeMs }, cwd, run, rules)
  const { gate, targets } = live
  // What nobody can judge from outside would be paid for in vain.
  const isJudged = ({ rules: shown }: PayloadFamily) => live.oracles.some(({ id }) => shown.includes(id))
  const extra = loadOutside().filter(isJudged)
  return {
    ...{ store, invoker: live.invoker, announcement: live.announcement, seed, runs: live.runs, oracles: live.oracles },
    resolved: { targets, untested: [], leftOut: [], problems: [], functions: [], resources: [], notes: [] },
    families: (all) => harmless([...all.filter(isJudged), ...extra.filter(({ pair }) => pair === undefined)]),
    pairs: harmless(extra.filter(({ pair }) => pair !== undefined)),
    begun: () => writeRecord(store, { seed, asked }),
    until: (signal) => AbortSignal.any([signal, gate.signal]),
    isStopped: () => gate.stopped?.byHand === true,
    whereOf: ({ id }) => places.filter(({ target }) => target.id === id).map(whereText)[0],
    replayFlags: ({ id }) => {
      const place = places.find(({ target }) => target.id === id)
      const endpoint = place?.kind === 'loopback' ? ` --endpoint ${flags.endpoint}` : ''
      return place === undefined ? '' : ` --live --target ${shellWord(nameOf(place))}${endpoint}`
    },
    counted: (target) => ({ ...target, executions: gate.sentTo(target.id) }),
    report: () => ({ report: live.report(), blind: live.blind }),
    failure: () => (gate.stopped?.exit === undefined ? undefined : { why: gate.stopped.why, exit: gate.stopped.exit }),
  }
}

/** Functions of this project, and handler files that the configuration knows a place of. */
async function known(options: FuzzOptions, mapped: readonly string[]): Promise<readonly Target[]> {
  const files = mapped.filter((word) => isFileWord(word, options.cwd))
  const asked = [[], ...files.map((file) => [file])]
  const found = await Promise.all(asked.map((words) => resolved(words, options)))
  return found.flat()
}

/** None where there is no project. */
async function resolved(words: readonly string[], options: FuzzOptions): Promise<readonly Target[]> {
  try {
    return (await resolveTargets(words, { ...options, events: words.length === 0 ? [] : options.events }, options.cwd)).targets
  } catch (error) {
    if (error instanceof ConfigError || error instanceof TargetError) return []
    throw error
  }
}

/** What decides which cases there are. */
const askedOf = (options: FuzzOptions, rules: readonly Oracle[]): JsonObject => ({
  targets: [...options.targets],
  events: [...options.events],
  runs: options.runs ?? null,
  rules: rules.map(({ id }) => id),
  endpoint: options.live?.endpoint ?? null,
})

/** The same directory as before. */
const resumedStore = (options: FuzzOptions, dir: string, now: Date): RunStore => ({
  ...runStore(options.cwd, dir, now),
  id: path.basename(dir),
  custom: options.outputDir !== undefined,
})
