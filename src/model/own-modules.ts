import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * File that a specifier leads to, as long as that is the owner's own code: a relative path, or a package that node_modules only
 * links to (a workspace). Undefined for other packages, builtins, and what is not there.
 */
export function ownModule(from: string, specifier: string): string | undefined {
  if (/^\.{1,2}\//.test(specifier)) return fileAt(path.resolve(from, specifier))
  const [, name, below = ''] = /^((?:@[\w.~-]+\/)?[\w~-][\w.~-]*)(\/.*)?$/.exec(specifier) ?? []
  const dir = name === undefined ? undefined : linkedDir(from, name)
  return dir === undefined ? undefined : entryOf(dir, below)
}

function fileAt(base: string): string | undefined {
  const found = [base, `${base}.js`, `${base}.mjs`, `${base}.cjs`, path.join(base, 'index.js')].find(isFile)
  return found !== undefined && /\.[cm]?js$/.test(found) ? found : undefined
}

const isFile = (file: string): boolean => existsSync(file) && statSync(file).isFile()

/** Where a package really is, when that is in no node_modules. */
function linkedDir(from: string, name: string): string | undefined {
  for (let dir = from; ; dir = path.dirname(dir)) {
    const link = path.join(dir, 'node_modules', name)
    if (existsSync(link)) {
      const real = realpathSync(link)
      return real.split(path.sep).includes('node_modules') ? undefined : real
    }
    if (dir === path.dirname(dir)) return undefined
  }
}

/** As far as Node's rules are needed for code that people write for themselves: exports without patterns, main, index. */
function entryOf(dir: string, below: string): string | undefined {
  const manifest = read(path.join(dir, 'package.json'))
  const exported = targetOf(exportsOf(manifest['exports'], below))
  if (exported !== undefined) return fileAt(path.join(dir, exported))
  const main = typeof manifest['main'] === 'string' ? manifest['main'] : 'index'
  return fileAt(path.join(dir, below === '' ? main : below)) ?? (below === '' ? fileAt(path.join(dir, 'index')) : undefined)
}

function exportsOf(exports: unknown, below: string): unknown {
  if (typeof exports !== 'object' || exports === null) return below === '' ? exports : undefined
  const named = (exports as Record<string, unknown>)[`.${below}`]
  return named ?? (below === '' && !Object.keys(exports).some((key) => key.startsWith('.')) ? exports : undefined)
}

const CONDITIONS = ['node', 'import', 'require', 'default'] as const

function targetOf(exported: unknown): string | undefined {
  if (typeof exported === 'string') return exported
  if (typeof exported !== 'object' || exported === null) return undefined
  const chosen = CONDITIONS.map((condition) => (exported as Record<string, unknown>)[condition]).find((one) => one !== undefined)
  return targetOf(chosen)
}

function read(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  } catch {
    return {} // Not there, or not to be read: Node will say so.
  }
}
