import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Report } from '#src/model/index.js'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const CLI = path.join(ROOT, 'dist/cli/main.js')
const SHOP = path.join(ROOT, 'examples/shop')

export interface Bug {
  readonly id: string
  readonly rule: string
  readonly target: string
  readonly file: string
  readonly line: number
  readonly pointer: string
}

export const bugs = JSON.parse(readFileSync(path.join(SHOP, 'bugs.json'), 'utf8')) as readonly Bug[]

/** A copy of the shop below the repository, so that it finds the AWS clients, with some of its bugs fixed. */
export function shopWithout(name: string, fixed: readonly Bug[]): string {
  const dir = path.join(ROOT, 'dist-test', `shop-${name}`)
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  cpSync(SHOP, dir, { recursive: true, filter: (file) => !file.includes('.eventfuzz/') && !file.endsWith('.eventfuzz') })
  for (const { id } of fixed) {
    // Without a ceiling git would take this for a part of our repository and skip it.
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: path.join(ROOT, 'dist-test') }
    const { status, stderr } = spawnSync('git', ['apply', '-p1', path.join(SHOP, 'patches', `${id}.patch`)], {
      cwd: dir,
      env,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`the patch ${id} does not apply: ${stderr}`)
  }
  return dir
}

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export function eventfuzz(cwd: string, ...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    encoding: 'utf8',
    timeout: 240_000,
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { status, stdout, stderr }
}

/** Fuzzes and returns the report that was written. */
export function fuzzed(cwd: string, ...args: readonly string[]): Report {
  const ran = eventfuzz(cwd, 'fuzz', '-q', ...args)
  if (ran.status !== 0 && ran.status !== 1) throw new Error(`eventfuzz ended with ${ran.status}: ${ran.stderr}`)
  return JSON.parse(readFileSync(path.join(cwd, '.eventfuzz/last/report.json'), 'utf8')) as Report
}

export const keys = (report: Report): string[] => report.findings.map(({ rule, target }) => `${rule} in ${target}`).sort()
