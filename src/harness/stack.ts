import { fileURLToPath } from 'node:url'
import type { SourceLocation } from '../model/index.js'

const captureStackTrace = Error.captureStackTrace
const OWN_CODE = fileURLToPath(new URL('.', import.meta.url))
const DEPTH = 64
/** More than a report shows: the parent leads them back through source maps and keeps the innermost of the user's own. */
const KEPT = 8

let root = ''
let layout = ''

/** Frames below `taskRoot` are the user's; the report names them relative to it. `mirrorRoot` holds node_modules too. */
export function setTaskRoot(taskRoot: string, mirrorRoot: string): void {
  root = taskRoot.endsWith('/') ? taskRoot : `${taskRoot}/`
  layout = mirrorRoot.endsWith('/') ? mirrorRoot : `${mirrorRoot}/`
}

/** Frames of the user's own code, innermost first; a frame of a package when the user has none on the stack. */
export function framesHere(below: (...args: never[]) => unknown): SourceLocation[] {
  const found: SourceLocation[] = []
  let foreign: SourceLocation | undefined
  for (const site of callSites(below)) {
    const file = fileOf(site)
    if (file === undefined || file.startsWith(OWN_CODE)) continue
    const location = { file: shorten(file), line: site.getLineNumber() ?? 0, column: site.getColumnNumber() ?? 0, ...fnOf(site) }
    // A function that calls itself is one frame: how deep it went is the event's doing, not the code's.
    if (file.startsWith(root) && !file.includes('/node_modules/')) {
      if (found.at(-1)?.fn === undefined || found.at(-1)?.fn !== location.fn || found.at(-1)?.file !== location.file)
        found.push(location)
    } else foreign ??= location
    if (found.length === KEPT) break
  }
  return found.length > 0 || foreign === undefined ? found : [foreign]
}

function callSites(below: (...args: never[]) => unknown): NodeJS.CallSite[] {
  const limit = Error.stackTraceLimit
  const prepare = Error.prepareStackTrace
  const holder: { stack?: unknown } = {}
  try {
    Error.stackTraceLimit = DEPTH
    Error.prepareStackTrace = (_error, sites) => sites
    captureStackTrace(holder, below)
    const sites = holder.stack
    return Array.isArray(sites) ? sites : []
  } catch {
    return [] // A function that froze Error: what it does is seen, not where.
  } finally {
    restore(limit, prepare)
  }
}

function restore(limit: number, prepare: typeof Error.prepareStackTrace): void {
  try {
    Error.stackTraceLimit = limit
    Error.prepareStackTrace = prepare as typeof Error.prepareStackTrace
  } catch {
    // Frozen: nothing was changed.
  }
}

function fileOf(site: NodeJS.CallSite): string | undefined {
  const name = site.getFileName() ?? site.getEvalOrigin()
  if (typeof name !== 'string' || name.startsWith('node:')) return undefined
  if (name.startsWith('file://')) {
    const query = name.indexOf('?')
    return fileURLToPath(query === -1 ? name : name.slice(0, query))
  }
  return name.startsWith('/') ? name : undefined
}

function fnOf(site: NodeJS.CallSite): { fn?: string } {
  const name = site.getFunctionName() ?? site.getMethodName()
  return name === null ? {} : { fn: name.replace(/^async /, '') }
}

const shorten = (file: string): string =>
  file.startsWith(root) ? file.slice(root.length) : file.startsWith(layout) ? file.slice(layout.length) : file

/** Paths of the mirror in a stack text, made relative as in frames. */
export const shortenPaths = (text: string): string =>
  root === ''
    ? text
    : text.replaceAll(`file://${root}`, '').replaceAll(root, '').replaceAll(`file://${layout}`, '').replaceAll(layout, '')
