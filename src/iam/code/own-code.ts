import { existsSync, readFileSync, statSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import type { CodeSeen, CodeSite } from '../../model/index.js'
import { ownModule } from '../../model/own-modules.js'
import { namesOf, sitesOf } from './call-site.js'
import { isQuiet } from './packages.js'
import { type AnyNode, importsOf, programOf } from './syntax.js'
import { compiled, type Placed } from './typescript.js'

/** What a function's own source says of the AWS calls it may make. */
export interface OwnCode extends CodeSeen {
  /** Every identifier, and every word under which a property is looked up. */
  readonly names: ReadonlySet<string>
}

const MOST_FILES = 500
const MOST_BYTES = 2 * 1024 * 1024
const BUILTIN = new Set(builtinModules)
// Identifiers that only a bundled AWS SDK has: its operations are all there, called or not.
const BUNDLED = ['classBuilder', 'apiLoader', 'getSmithyContext']

/** Extensions and tools beside the function have its role too. */
const hasPrograms = (layer: string): boolean => ['extensions', 'bin'].some((dir) => existsSync(path.join(layer, dir)))

/** Reads the handler's file, TypeScript with the project's own esbuild, and what it imports by relative path; `layers`: directories of /opt. Never throws for what it reads. */
export function ownCode(file: string, root: string, layers: readonly string[] = []): OwnCode {
  const names = new Set<string>()
  const sites: CodeSite[] = []
  const seen = new Set<string>()
  const queue = [file]
  let hidden = layers.some(hasPrograms) ? 'a layer brings programs that nobody watched' : undefined
  while (queue.length > 0 && seen.size < MOST_FILES) {
    const next = queue.pop()!
    if (seen.has(next)) continue
    seen.add(next)
    const code = readSource(next, root)
    const program = code === undefined ? undefined : programOf(code.text)
    if (program === undefined || code === undefined) {
      hidden ??= `${path.basename(next)} cannot be read as JavaScript`
      continue
    }
    for (const name of namesOf(program)) names.add(name)
    sites.push(...sitesOf(program, code.place))
    const found = lookUp(program, next, layers)
    queue.push(...found.files)
    hidden ??= found.hidden
  }
  if (queue.length > 0) hidden ??= 'it has too many files'
  // Said rather than whatever else hides calls in it.
  if (BUNDLED.some((name) => names.has(name))) hidden = 'it is a bundle, which names every call of the AWS SDK'
  return { names, sites, hidden }
}

function readSource(file: string, root: string): Placed | undefined {
  if (!existsSync(file) || statSync(file).size > MOST_BYTES) return undefined
  if (/\.[cm]?tsx?$/.test(file)) return compiled(file, root)
  const shown = path.relative(root, file)
  return { text: readFileSync(file, 'utf8'), place: (line) => ({ file: shown, line }) }
}

/** Where imports lead: to files of the function, or to code that may make calls of its own. */
function lookUp(
  program: AnyNode,
  file: string,
  layers: readonly string[],
): { files: readonly string[]; hidden: string | undefined } {
  const files: string[] = []
  let hidden: string | undefined
  for (const specifier of importsOf(program)) {
    if (specifier === undefined) hidden ??= 'it loads modules whose names are computed'
    else if (isPath(specifier)) {
      const found = resolved(path.resolve(path.dirname(file), specifier))
      if (found === undefined) hidden ??= `${specifier} is not among its files`
      else if (!found.endsWith('.json')) files.push(found)
    } else if (ownModule(path.dirname(file), specifier) !== undefined) files.push(ownModule(path.dirname(file), specifier)!)
    else if (/^(node:)?child_process$/.test(specifier)) hidden ??= 'it starts other programs'
    else if (
      !specifier.startsWith('node:') &&
      !BUILTIN.has(specifier) &&
      !isQuiet(specifier, [path.dirname(file), ...layers.map((layer) => path.join(layer, 'nodejs'))])
    )
      hidden ??= `${specifier} may make calls of its own`
  }
  return { files, hidden }
}

const isPath = (specifier: string): boolean => /^(\.{0,2}\/|\.{1,2}$)/.test(specifier)

const resolved = (base: string): string | undefined =>
  [
    base,
    `${base}.js`,
    `${base}.mjs`,
    `${base}.cjs`,
    `${base}.json`,
    path.join(base, 'index.js'),
    path.join(base, 'index.cjs'),
  ].find((file) => existsSync(file) && statSync(file).isFile())
