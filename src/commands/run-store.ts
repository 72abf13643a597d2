import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
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

function create(dir: string, top: string | undefined): void {
  try {
    // A directory that is used again shows one run, not two.
    rmSync(path.join(dir, 'cases'), { recursive: true, force: true })
    for (const name of ['report.json', 'report.html', 'run.json', 'targets.jsonl']) rmSync(path.join(dir, name), { force: true })
    mkdirSync(path.join(dir, 'cases'), { recursive: true, mode: 0o700 })
    writeFileSync(path.join(top ?? dir, '.gitignore'), '*\n', { mode: 0o600 })
    for (const name of ['findings.jsonl', 'evidence.jsonl']) writeFileSync(path.join(dir, name), '', { mode: 0o600 })
    if (top !== undefined) pointLast(top, path.basename(dir))
  } catch (error) {
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
