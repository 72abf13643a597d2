import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { shellWord } from '../events/shell-words.js'
import { ConfigError } from '../model/index.js'

const TOP = '.eventfuzz'

/** Where one run is written: `.eventfuzz/runs/<id>`, or the directory the user named. */
export interface RunStore {
  readonly id: string
  readonly dir: string
  /** True for a directory of the user's choice: replay has to be told the case file. */
  readonly custom: boolean
  /** Makes the directory, and points `.eventfuzz/last` to it. ConfigError when it cannot be written. */
  create(): void
  /** Appends lines to findings.jsonl or evidence.jsonl. */
  append(name: string, values: readonly unknown[]): void
  /** Writes a whole file at once: a reader sees the old or the new one, never half. */
  write(name: string, text: string): void
  /** Takes away a file that turned out to be wrong, such as the case of a superseded finding. */
  remove(name: string): void
}

/** Where a run is going to be written. Nothing is made before `create`. */
export function runStore(cwd: string, outputDir: string | undefined, now: Date): RunStore {
  const id = `${now.toISOString().replace(/[-:]/g, '').slice(0, 15)}-${randomBytes(3).toString('hex')}`
  const dir = outputDir === undefined ? path.join(cwd, TOP, 'runs', id) : path.resolve(cwd, outputDir)
  return {
    id,
    dir,
    custom: outputDir !== undefined,
    create: () => create(dir, outputDir === undefined ? path.join(cwd, TOP) : undefined),
    append: (name, values) => {
      if (values.length > 0) appendFileSync(path.join(dir, name), values.map((value) => `${JSON.stringify(value)}\n`).join(''))
    },
    write: (name, text) => {
      const file = path.join(dir, name)
      writeFileSync(`${file}.tmp`, text, { mode: 0o600 })
      renameSync(`${file}.tmp`, file)
    },
    remove: (name) => rmSync(path.join(dir, name), { force: true }),
  }
}

/** The command that runs a finding again, as this run was. */
export function replayLine(fingerprint: string, store: RunStore, { cwd, awsEndpoint, enforcePolicy }: ReplaySettings): string {
  const file = path.relative(cwd, path.join(store.dir, 'cases', `${fingerprint}.json`))
  const what = store.custom ? shellWord(file) : fingerprint.slice(0, 12)
  const endpoint = awsEndpoint === undefined ? '' : ` --aws-endpoint ${shellWord(awsEndpoint)}`
  return `npx eventfuzz replay ${what}${endpoint}${enforcePolicy ? ' --enforce-policy' : ''}`
}

interface ReplaySettings {
  readonly cwd: string
  readonly awsEndpoint: string | undefined
  readonly enforcePolicy: boolean
}

/** Deletes the oldest stored runs of this directory, so that `most` stay; whatever else stands there is not touched. */
export function keepRuns(cwd: string, most: number): void {
  const runs = path.join(cwd, TOP, 'runs')
  const ids = existsSync(runs) ? readdirSync(runs).filter((name) => /^\d{8}T\d{6}-[0-9a-f]{6}$/.test(name)) : []
  for (const id of ids.sort().slice(0, Math.max(0, ids.length - most)))
    rmSync(path.join(runs, id), { recursive: true, force: true })
}

/** What a run replaces when its directory is used again. */
const OWN = ['.gitignore', 'cases', 'report.json', 'report.html', 'run.json', 'targets.jsonl', 'findings.jsonl', 'evidence.jsonl']

/** A run is written over an older one, never over files of anybody else. */
function checkOwn(dir: string): void {
  const theirs = OWN.find((name) => existsSync(path.join(dir, name)) && !isBegun(dir, name))
  const isRun = ['findings.jsonl', 'evidence.jsonl'].every((name) => existsSync(path.join(dir, name)))
  if (theirs === undefined || (isRun && theirs !== '.gitignore')) return
  throw new ConfigError(
    `The output directory ${dir} has a ${theirs} that no run of eventfuzz wrote: choose another with --output-dir, nothing was changed`,
  )
}

/** What a run leaves that was killed while it made its directory. */
const isBegun = (dir: string, name: string): boolean =>
  name === '.gitignore' ? readFileSync(path.join(dir, name), 'utf8') === '*\n' : name === 'cases' && isEmpty(path.join(dir, name))

const isEmpty = (dir: string): boolean => statSync(dir).isDirectory() && readdirSync(dir).length === 0

function create(dir: string, top: string | undefined): void {
  try {
    if (top === undefined) checkOwn(dir)
    // A directory that is used again shows one run, not two.
    rmSync(path.join(dir, 'cases'), { recursive: true, force: true })
    for (const name of ['report.json', 'report.html', 'run.json', 'targets.jsonl']) rmSync(path.join(dir, name), { force: true })
    mkdirSync(path.join(dir, 'cases'), { recursive: true, mode: 0o700 })
    writeFileSync(path.join(top ?? dir, '.gitignore'), '*\n', { mode: 0o600 })
    for (const name of ['findings.jsonl', 'evidence.jsonl']) writeFileSync(path.join(dir, name), '', { mode: 0o600 })
    if (top !== undefined) pointLast(top, path.basename(dir))
  } catch (error) {
    if (error instanceof ConfigError) throw error
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new ConfigError(`The output directory ${dir} cannot be written (${code}): choose another with --output-dir`)
  }
}

/** `.eventfuzz/last` is the newest run. */
function pointLast(top: string, id: string): void {
  const last = path.join(top, 'last')
  const next = path.join(top, `last-${id}`)
  if (existsSync(next)) rmSync(next)
  symlinkSync(path.join('runs', id), next)
  renameSync(next, last)
}
