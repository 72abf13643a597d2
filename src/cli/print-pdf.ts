import { spawnSync } from 'node:child_process'
import { accessSync, constants, copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ConfigError } from '../model/index.js'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge', 'chrome']
const MOST_MS = 120_000

/** A browser that can print: the one that EVENTFUZZ_CHROMIUM names, or one on the PATH. ConfigError when there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const named = env['EVENTFUZZ_CHROMIUM']
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named
    throw new ConfigError(`EVENTFUZZ_CHROMIUM names ${named}, which is no program`)
  }
  const dirs = (env['PATH'] ?? '').split(path.delimiter).filter((dir) => path.isAbsolute(dir))
  const found = dirs.flatMap((dir) => NAMES.map((name) => path.join(dir, name))).find(isProgram)
  if (found !== undefined) return found
  throw new ConfigError(
    'A PDF is printed by Chromium, and there is none on the PATH: install it, or name it in EVENTFUZZ_CHROMIUM',
  )
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false // Not there, or not ours to run.
  }
}

/** Prints the page of a report into a file. The page lets no script run but its own, and nothing is fetched. */
export function printPdf(page: string, file: string): void {
  const chromium = findChromium()
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-pdf-'))
  try {
    const [from, to] = [path.join(dir, 'report.html'), path.join(dir, 'report.pdf')]
    writeFileSync(from, page, { mode: 0o600 })
    const { status, stderr, error } = spawnSync(chromium, [...flagsFor(dir), `--print-to-pdf=${to}`, pathToFileURL(from).href], {
      encoding: 'utf8',
      timeout: MOST_MS,
    })
    if (status !== 0 || statSync(to, { throwIfNoEntry: false }) === undefined) {
      const why = error?.message ?? stderr.trim().split('\n').at(-1) ?? ''
      throw new ConfigError(`${file} was not printed: ${chromium} ended with ${status} (${why.slice(0, 300)})`)
    }
    copyFileSync(to, file)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const flagsFor = (dir: string): readonly string[] => [
  '--headless',
  '--disable-gpu',
  '--no-first-run',
  '--no-pdf-header-footer',
  '--disable-background-networking',
  '--disable-component-update',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  `--user-data-dir=${path.join(dir, 'profile')}`,
  // Chromium does not start as root with its own sandbox, as in most containers.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]
