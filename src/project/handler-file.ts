import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { ProjectFunction } from '../model/index.js'
import { inside } from './safe-path.js'
import { sourcesOf } from './source-behind.js'
import { filesBelow } from './walk.js'

/** A function's source: absolute file, export path (`handler`, `api.handler`) and task root; or why there is none, for people. */
export type HandlerFile = { readonly file: string; readonly export: string; readonly root: string } | { readonly why: string }

/** Lambda's own order, then what is compiled to it. */
const JAVASCRIPT = ['.js', '.mjs', '.cjs', '/index.js', '/index.mjs', '/index.cjs']
const TYPESCRIPT = ['.ts', '.mts', '.cts', '.tsx', '/index.ts', '/index.mts', '/index.tsx']
const IS_SOURCE = /(?<!\.d)\.(?:[cm]?js|[cm]?ts|tsx)$/
const IS_TEST = /(?:^|\/)(?:tests?|__tests__|spec)\/|\.(?:test|spec)\.[a-z]+$/

/** The file that a function's handler stands in, as somebody wrote it: behind bundles and compilers where they have not run. */
export function handlerFile(fn: ProjectFunction, root: string): HandlerFile {
  if (fn.runtime !== null && !/^nodejs/.test(fn.runtime)) return { why: `${fn.runtime} is not supported yet` }
  if (fn.inline !== null) return { why: 'its code stands inside the template, which is not supported yet' }
  if (fn.code === null) return { why: 'the template does not say where in the project its code is' }
  const handler = handlerOf(fn)
  if (handler === undefined) return { why: 'the template does not say its handler' }
  const parts = splitHandler(handler)
  if (parts === undefined) return { why: `its handler ${JSON.stringify(handler)} is not of the form file.export` }
  if (/\.(?:zip|jar)$/.test(fn.code)) return { why: `its code is an archive: ${path.basename(fn.code)}` }
  const file = entryFile(fn, root) ?? sourceFile(fn.code, parts.module, root)
  if (file === undefined && inside(root, fn.code, parts.module) === undefined)
    return { why: `its handler ${JSON.stringify(handler)} leads outside the project` }
  if (file === undefined)
    return { why: `${path.relative(root, path.join(fn.code, parts.module))}.js does not exist, and no source of it was found` }
  if (!IS_SOURCE.test(file)) return { why: `${path.basename(file)} is not supported yet` }
  return { file, export: parts.export, root: taskRoot(fn.code, file, root) }
}

/** Wrappers of monitoring layers name the function's own handler in the environment. */
function handlerOf({ handler, environment }: ProjectFunction): string | undefined {
  const wrapped = handler !== null && /^\/opt\/|^newrelic-lambda-wrapper\./.test(handler)
  return wrapped
    ? (environment['DD_LAMBDA_HANDLER'] ?? environment['NEW_RELIC_LAMBDA_HANDLER'] ?? undefined)
    : (handler ?? undefined)
}

/** As Lambda's runtime splits it: `a/b.c.d` is export `c.d` of file `a/b`. */
function splitHandler(handler: string): { readonly module: string; readonly export: string } | undefined {
  const slash = handler.lastIndexOf('/')
  const dot = handler.indexOf('.', slash + 1)
  if (dot < 0 || dot === slash + 1 || dot === handler.length - 1 || handler.includes('\0')) return undefined
  return { module: handler.slice(0, dot), export: handler.slice(dot + 1) }
}

function entryFile({ code, entry }: ProjectFunction, root: string): string | undefined {
  return code === null || entry === null ? undefined : firstFile([path.resolve(code, entry)], root)
}

function sourceFile(code: string, module: string, root: string): string | undefined {
  const target = path.resolve(code, module)
  const written = firstFile(
    [...JAVASCRIPT, ...TYPESCRIPT].map((end) => target + end),
    root,
  )
  if (written !== undefined) return written
  const sources = sourcesOf(target, code, root).flatMap((source) => [...TYPESCRIPT, ...JAVASCRIPT].map((end) => source + end))
  return firstFile(sources, root) ?? onlyNamesake(code, path.basename(target), root)
}

/** Bundlers flatten directories: the only source file of that name. */
function onlyNamesake(code: string, name: string, root: string): string | undefined {
  const base = existsSync(code) ? code : path.dirname(code)
  if (name === 'index' || inside(root, root, path.relative(root, base)) === undefined) return undefined
  const found = filesBelow(base).filter(
    (file) => path.basename(file).replace(/\.[^.]*$/, '') === name && IS_SOURCE.test(file) && !IS_TEST.test(file),
  )
  return found.length === 1 ? path.join(base, found[0]!) : undefined
}

const firstFile = (files: readonly string[], root: string): string | undefined =>
  files.find((file) => inside(root, root, path.relative(root, file)) !== undefined && isFile(file))

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true

/** The code directory; of a source outside it (it is compiled into it) the package that it belongs to. */
function taskRoot(code: string, file: string, root: string): string {
  if (!path.relative(code, file).startsWith('..')) return isFile(code) ? path.dirname(code) : code
  for (let dir = path.dirname(file); dir.length > root.length; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, 'package.json'))) return dir
  }
  return root
}
