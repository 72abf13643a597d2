import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Target, TargetError } from '../model/index.js'
import { markSdk } from '../model/sdk-marks.js'
import { Modules } from './mirror-modules.js'
import { mayHoldSinks, rewriteSinks } from './rewrite-sinks.js'

const SKIPPED = new Set(['node_modules', '.git', '.eventfuzz', '.aws-sam', 'cdk.out', '.serverless', 'coverage'])
const MOST_FILES = 20_000
const MOST_BYTES = 256 * 1024 * 1024
const CODE = /\.(?:[cm]?js)$/

/** A copy of the function's directory in the same relative layout, with the node_modules above it linked read-only, and what those only link to copied too. */
export interface Mirror {
  readonly root: string
  readonly taskRoot: string
  readonly file: string
  /** Real directories outside the mirror that the process has to read. */
  readonly outside: readonly string[]
  /** What the layers put into /opt; null without layers. */
  readonly opt: string | null
}

/** What may still be copied. */
export interface CopyBudget {
  files: number
  bytes: number
}

export const isTypeScript = (file: string): boolean => /\.[cm]?tsx?$/.test(file)

/** Everything the host will load is prepared here, in the parent: the child loads plain files. */
export function mirrorTarget(target: Target, into: string): Mirror {
  if (!existsSync(target.file)) throw new TargetError(`No such file: ${target.file}`)
  const top = topOf(target.root)
  const taskRoot = path.join(into, path.relative(top, target.root))
  const budget = { files: MOST_FILES, bytes: MOST_BYTES }
  copyTree(target.root, taskRoot, target.root, budget)
  const outside = new Modules(top, into, budget).of(target.root)
  const file = path.join(taskRoot, path.relative(target.root, target.file))
  return { root: into, taskRoot, file, outside, opt: mirrorLayers(target.layers ?? [], `${into}-opt`, budget) }
}

/** Layers are laid over each other in their order, as Lambda extracts them. Their packages are part of them and are copied too. */
function mirrorLayers(layers: readonly string[], into: string, budget: CopyBudget): string | null {
  for (const layer of layers) if (existsSync(layer)) copyTree(layer, into, layer, budget, NOTHING)
  return existsSync(into) ? into : null
}

const NOTHING: ReadonlySet<string> = new Set()

/** The highest directory above `root` that has node_modules, not beyond the repository. */
function topOf(root: string): string {
  let top = root
  for (let dir = root; ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, 'node_modules'))) top = dir
    if (existsSync(path.join(dir, '.git')) || dir === path.dirname(dir)) return top
  }
}

export function copyTree(
  from: string,
  to: string,
  root: string,
  budget: CopyBudget,
  skipped: ReadonlySet<string> = SKIPPED,
): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue
    const source = path.join(from, entry.name)
    const copy = path.join(to, entry.name)
    // A link that leaves the directory would read what Lambda never gets.
    const real = entry.isSymbolicLink() ? realOf(source) : source
    if (real === undefined || (real !== source && !real.startsWith(`${root}/`))) continue
    const stat = statSync(real)
    if (stat.isDirectory()) {
      if (!entry.isSymbolicLink()) copyTree(source, copy, root, budget, skipped)
    } else if (stat.isFile()) copyOne(real, copy, stat.size, root, budget)
  }
}

function realOf(link: string): string | undefined {
  return existsSync(link) ? realpathSync(link) : undefined
}

function copyOne(source: string, copy: string, size: number, root: string, budget: CopyBudget): void {
  budget.files -= 1
  budget.bytes -= size
  if (budget.files < 0 || budget.bytes < 0) {
    throw new TargetError(
      `${root} is too large to mirror (over ${MOST_FILES} files or ${MOST_BYTES >> 20} MiB). Put a package.json beside the handler`,
    )
  }
  const text = CODE.test(source) && size < 8 * 1024 * 1024 ? readFileSync(source, 'utf8') : undefined
  const marked = text === undefined ? undefined : markSdk(text)
  const code = marked ?? text
  const rewritten = code !== undefined && mayHoldSinks(code) ? (rewriteSinks(code) ?? marked) : marked
  if (rewritten === undefined) copyFileSync(source, copy)
  else writeFileSync(copy, rewritten)
}
