import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { readUserJson } from '../../config/index.js'
import { ConfigError, type JsonObject } from '../../model/index.js'
import type { RunStore } from '../run-store.js'

/** What a live run was begun with: a run that goes on has to ask for the same. */
export interface LiveRecord {
  readonly seed: number
  /** Targets, events, rules: whatever decides which cases there are. */
  readonly asked: JsonObject
}

const NAME = 'live.json'

export const writeRecord = (store: RunStore, record: LiveRecord): void =>
  store.write(NAME, `${JSON.stringify({ schemaVersion: 1, ...record }, null, 2)}\n`)

/** The directory of the run that goes on: one that was named, or the last one. */
export function resumedDir(cwd: string, resume: string | true, outputDir: string | undefined): string {
  const named = resume === true ? (outputDir ?? path.join('.eventfuzz', 'last')) : resume
  const dirs = [path.resolve(cwd, named), path.resolve(cwd, '.eventfuzz', 'runs', named)]
  const found = dirs.find((dir) => existsSync(path.join(dir, NAME)))
  if (found === undefined) throw new ConfigError(`--resume: there is no live run at ${dirs[0]}`)
  // `last` is a link: the run goes on under its own name.
  return realpathSync(found)
}

/** The seed of the run, when the same was asked for. */
export function resumedSeed(dir: string, asked: JsonObject): number {
  const record = readUserJson(path.join(dir, NAME), 'The record of the run') as Partial<LiveRecord> | null
  const before = JSON.stringify(record?.asked)
  if (typeof record?.seed !== 'number' || before !== JSON.stringify(asked))
    throw new ConfigError(`--resume: the run was begun with ${before}, this is ${JSON.stringify(asked)}: ask for the same again`)
  return record.seed
}
