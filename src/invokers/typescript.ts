import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Esbuild from 'esbuild'
import { type Target, TargetError } from '../model/index.js'
import { isTypeScript } from './mirror.js'
import { mayHoldSinks, rewriteSinks } from './rewrite-sinks.js'

/** Where the compiled entry of a TypeScript handler stands in the mirror: beside its source, as a module of the kind that its package asks for. */
export function compiledName(file: string): string {
  const kind = file.endsWith('.cts') ? 'cjs' : file.endsWith('.mts') || isModule(path.dirname(file)) ? 'mjs' : 'cjs'
  return file.replace(/\.[cm]?tsx?$/, `.${kind}`)
}

/**
 * Bundles the function's own TypeScript into one file in the mirror, with a source map; packages stay where they are. The project's
 * own esbuild comes first: its version is the one that the project is built with. TargetError: no esbuild, or code that does not build.
 */
export async function compileTypeScript(target: Target, outfile: string): Promise<void> {
  const esbuild = await findEsbuild(target.root)
  const module = outfile.endsWith('.mjs')
  try {
    await esbuild.build({
      entryPoints: [target.file],
      outfile,
      bundle: true,
      platform: 'node',
      format: module ? 'esm' : 'cjs',
      target: `node${/\d+/.exec(target.runtime)?.[0] ?? '20'}`,
      sourcemap: 'linked',
      keepNames: true,
      logLevel: 'silent',
      plugins: [ownCodeOnly()],
      absWorkingDir: target.root,
    })
  } catch (error) {
    throw new TargetError(buildError(error, target.root))
  }
  const code = readFileSync(outfile, 'utf8')
  const rewritten = mayHoldSinks(code) ? rewriteSinks(code) : undefined
  if (rewritten !== undefined) writeFileSync(outfile, rewritten)
}

/** Packages are loaded as they are; a workspace package whose real files are TypeScript outside node_modules is the project's own code. */
const ownCodeOnly = (): Esbuild.Plugin => ({
  name: 'own-code-only',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async (args) => {
      if (args.pluginData === 'asked' || args.kind === 'entry-point') return undefined
      const found = await build.resolve(args.path, {
        kind: args.kind,
        resolveDir: args.resolveDir,
        importer: args.importer,
        pluginData: 'asked',
      })
      const isOwn =
        found.errors.length === 0 && !found.external && isTypeScript(found.path) && !found.path.includes('/node_modules/')
      return isOwn || isAlias(args.path, found) ? found : { path: args.path, external: true }
    })
  },
})

/** A path of tsconfig.json, which only the compiler knows: it leads into the project without naming a package. */
const isAlias = (name: string, found: Esbuild.ResolveResult): boolean =>
  found.errors.length === 0 &&
  !found.external &&
  path.isAbsolute(found.path) &&
  !found.path.includes('/node_modules/') &&
  name !== found.path

async function findEsbuild(root: string): Promise<typeof Esbuild> {
  for (const from of [path.join(root, 'package.json'), import.meta.filename]) {
    try {
      const file = createRequire(from).resolve('esbuild')
      return ((await import(pathToFileURL(file).href)) as { default: typeof Esbuild }).default
    } catch {
      // Not installed there.
    }
  }
  throw new TargetError('TypeScript is compiled with esbuild, which is not installed: npm install --save-dev esbuild')
}

function buildError(error: unknown, root: string): string {
  const [first] = (error as Partial<Esbuild.BuildFailure>).errors ?? []
  if (first === undefined) return `It does not compile: ${String((error as Error).message).split('\n')[0]}`
  const at =
    first.location === null ? '' : ` (${path.relative(root, path.resolve(root, first.location.file))}:${first.location.line})`
  return `It does not compile: ${first.text}${at}`
}

function isModule(start: string): boolean {
  for (let dir = start; ; dir = path.dirname(dir)) {
    const file = path.join(dir, 'package.json')
    if (existsSync(file)) return /"type"\s*:\s*"module"/.test(readFileSync(file, 'utf8'))
    if (dir === path.dirname(dir)) return false
  }
}
