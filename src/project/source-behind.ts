import { existsSync } from 'node:fs'
import path from 'node:path'
import { isJsonObject } from '../model/index.js'
import { readInside } from './safe-path.js'

const OUTPUT = new Set(['dist', 'build', 'out', 'lib', '.build', 'output', 'bundle', '.esbuild', '.webpack', 'target'])

/** True for what a build makes by the custom of its name. */
export const isOutput = (file: string): boolean => file.split(path.sep).some((part) => OUTPUT.has(part))

/** Where the source of a compiled file (no suffix) may be: what tsconfig.json says, then what people do. All without suffix. */
export function sourcesOf(target: string, code: string, root: string): readonly string[] {
  const dirs = ancestors(path.dirname(target), root)
  return [
    ...new Set([
      ...dirs.flatMap((dir) => byTsconfig(target, dir, root)),
      ...byConvention(target, root),
      path.join(code, 'src', path.relative(code, target)),
    ]),
  ]
}

/** From a directory up to the project's root; those that do not exist (not built yet) too. */
function ancestors(from: string, root: string): readonly string[] {
  const found: string[] = []
  for (let dir = from; dir.length >= root.length && found.length < 30; dir = path.dirname(dir)) {
    found.push(dir)
    if (dir === root) break
  }
  return found
}

function byTsconfig(target: string, dir: string, root: string): readonly string[] {
  const file = path.join(dir, 'tsconfig.json')
  const { outDir, rootDir } = existsSync(file) ? compilerOptions(file, root) : {}
  if (outDir === undefined) return []
  const below = path.relative(path.resolve(dir, outDir), target)
  if (below.startsWith('..')) return []
  return (rootDir === undefined ? ['src', '.'] : [rootDir]).map((source) => path.resolve(dir, source, below))
}

function compilerOptions(file: string, root: string): { readonly outDir?: string; readonly rootDir?: string } {
  try {
    const config: unknown = JSON.parse(withoutComments(readInside(root, file)))
    const options = isJsonObject(config) ? config['compilerOptions'] : undefined
    if (!isJsonObject(options)) return {}
    const { outDir, rootDir } = options
    return { ...(typeof outDir === 'string' ? { outDir } : {}), ...(typeof rootDir === 'string' ? { rootDir } : {}) }
  } catch {
    return {} // tsc will say it better; the conventions are still tried.
  }
}

/** tsconfig.json is JSON with comments and trailing commas. */
const withoutComments = (text: string): string =>
  text
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string: string | undefined) => string ?? '')
    .replace(/,(\s*[}\]])/g, '$1')

/** `dist/orders/app` is made of `src/orders/app`, `orders/app` or, of a bundle per function, `src/orders`. */
function byConvention(target: string, root: string): readonly string[] {
  const parts = path.relative(root, target).split(path.sep)
  return parts.flatMap((part, i) => {
    if (!OUTPUT.has(part)) return []
    const [before, after] = [parts.slice(0, i), parts.slice(i + 1)]
    const variants = [
      ['src', ...after],
      after,
      ['src', ...after.filter((one) => one !== 'src')],
      ['src', ...after.slice(0, -1)],
      ['src', 'functions', ...after],
      ['src', 'handlers', ...after],
    ]
    return variants.filter((variant) => variant.length > 0).map((variant) => path.join(root, ...before, ...variant))
  })
}
