import { createRequire } from 'node:module'
import path from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type * as Esbuild from 'esbuild'
import type { Place } from './call-site.js'

/** JavaScript, and where its lines stand in what the user wrote. */
export interface Placed {
  readonly text: string
  readonly place: Place
}

/** The function's own TypeScript as one file, packages left out, by the project's own esbuild; undefined without one, or for code that does not build. */
export function compiled(file: string, root: string): Placed | undefined {
  const esbuild = findEsbuild(root)
  if (esbuild === undefined) return undefined
  try {
    const { outputFiles } = esbuild.buildSync({
      entryPoints: [file],
      outfile: `${file}.js`,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      sourcemap: 'external',
      write: false,
      logLevel: 'silent',
      absWorkingDir: root,
    })
    const [map, code] = [
      outputFiles.find(({ path: name }) => name.endsWith('.map')),
      outputFiles.find(({ path: name }) => name.endsWith('.js')),
    ]
    if (map === undefined || code === undefined) return undefined
    return { text: code.text, place: placeBy(new TraceMap(map.text), path.dirname(file), root) }
  } catch {
    // The run says why it does not build; here it only means that nobody read it.
    return undefined
  }
}

const placeBy =
  (map: TraceMap, dir: string, root: string): Place =>
  (line, column) => {
    const at = originalPositionFor(map, { line, column })
    return at.source === null ? { file: '', line } : { file: path.relative(root, path.resolve(dir, at.source)), line: at.line }
  }

function findEsbuild(root: string): typeof Esbuild | undefined {
  for (const from of [path.join(root, 'package.json'), import.meta.filename]) {
    try {
      return createRequire(from)('esbuild') as typeof Esbuild
    } catch {
      // Not installed there.
    }
  }
  return undefined
}
