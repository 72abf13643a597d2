import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { ConfigError, type Target } from '../model/index.js'

const CODE = /\.[cm]?[jt]sx?$/
const PROSE =
  /\.(?:md|mdx|txt|rst|adoc|png|jpe?g|gif|svg|webp)$|(?:^|\/)(?:LICEN[CS]E|NOTICE|\.gitignore|\.github\/.*|\.gitlab-ci\.yml)$/i
const MOST_FILES = 2_000

/**
 * Those of the targets that something has changed for since `ref` and HEAD parted, what is not committed included. Where it is not
 * known what a function is made of, any change beside it counts.
 */
export function changedSince(ref: string, targets: readonly Target[], cwd: string): readonly Target[] {
  const changed = changedFiles(ref, cwd)
  return targets.filter((target) => {
    const { files, complete } = madeOf(target.file)
    return changed.some((file) => {
      if (files.has(file)) return true
      if (PROSE.test(file) || (complete && CODE.test(file))) return false
      const around = [target.root, ...(target.layers ?? [])]
      return around.some((dir) => isWithin(file, dir) || isWithin(dir, path.dirname(file)))
    })
  })
}

const isWithin = (place: string, dir: string): boolean => place === dir || place.startsWith(`${dir}${path.sep}`)

/** Absolute paths. */
function changedFiles(ref: string, cwd: string): readonly string[] {
  const top = git(
    cwd,
    ['rev-parse', '--show-toplevel'],
    `--changed ${ref} compares with git, and ${cwd} is in no git repository`,
  ).trim()
  const unknown = `git knows no '${ref}' here: name a branch or commit, and fetch it first (actions/checkout: fetch-depth: 0)`
  const commit = git(cwd, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], unknown).trim()
  const base = git(
    cwd,
    ['merge-base', commit, 'HEAD'],
    `${ref} and HEAD have nothing in common here: fetch the history (fetch-depth: 0)`,
  ).trim()
  const names = [
    ...git(top, ['diff', '--name-only', '--no-ext-diff', '--no-renames', '-z', base, '--'], 'git diff failed').split('\0'),
    ...git(top, ['ls-files', '--others', '--exclude-standard', '-z'], 'git ls-files failed').split('\0'),
  ]
  return names.filter((name) => name !== '').map((name) => path.join(top, name))
}

function git(cwd: string, args: readonly string[], otherwise: string): string {
  // Nothing that a repository configures is run.
  const { status, stdout, error } = spawnSync('git', ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (error !== undefined)
    throw new ConfigError(`--changed needs git, which cannot be run (${(error as NodeJS.ErrnoException).code})`)
  if (status !== 0) throw new ConfigError(otherwise)
  return stdout
}

/** Any specifier that is written out; one in a comment does no harm. */
const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"])([^'"\n]+)\1/g
const COMPUTED = /\b(?:import|require)\s*\(\s*(?!['"])/

/** The handler's file and all that it imports by relative path; not complete where a path is computed or an alias. */
export function madeOf(file: string): { readonly files: ReadonlySet<string>; readonly complete: boolean } {
  const files = new Set<string>()
  const queue = [file]
  let complete = true
  for (let next = queue.pop(); next !== undefined && files.size < MOST_FILES; next = queue.pop()) {
    if (files.has(next)) continue
    files.add(next)
    if (!CODE.test(next) || !existsSync(next)) continue
    const text = readFileSync(next, 'utf8')
    if (COMPUTED.test(text)) complete = false
    for (const [, , specifier = ''] of text.matchAll(SPECIFIER)) {
      const found = resolvedFile(path.dirname(next), specifier)
      if (found !== undefined) queue.push(found)
      else if (!isPackage(path.dirname(next), specifier)) complete = false
    }
  }
  return { files, complete: complete && queue.length === 0 }
}

const ENDINGS = [
  '',
  '.js',
  '.mjs',
  '.cjs',
  '.ts',
  '.mts',
  '.cts',
  '.tsx',
  '.jsx',
  '.json',
  '/index.js',
  '/index.mjs',
  '/index.cjs',
  '/index.ts',
]

function resolvedFile(from: string, specifier: string): string | undefined {
  if (!/^\.{1,2}(?:\/|$)/.test(specifier)) return undefined
  const base = path.resolve(from, specifier)
  // TypeScript names the file that will be.
  const candidates = [
    ...ENDINGS.map((ending) => base + ending),
    base.replace(/\.([cm]?)jsx?$/, '.$1ts'),
    base.replace(/\.jsx?$/, '.tsx'),
  ]
  return candidates.find((one) => statSync(one, { throwIfNoEntry: false })?.isFile())
}

function isPackage(from: string, specifier: string): boolean {
  if (isBuiltin(specifier)) return true
  if (/^[./#]/.test(specifier)) return false
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  for (let dir = from; ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, 'node_modules', name))) return true
    if (path.dirname(dir) === dir) return name.startsWith('@aws-sdk/') // Lambda brings its own.
  }
}
