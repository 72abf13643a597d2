import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SourceLocation } from '../model/index.js'

const captureStackTrace = Error.captureStackTrace
const relative = path.relative
const OWN_CODE = fileURLToPath(new URL('.', import.meta.url))
const DEPTH = 64
/** More than a report shows: the parent leads them back through source maps and keeps the innermost of the user's own. */
const KEPT = 8

let root = ''
let layout = ''
/** Leads from the task directory to the top of the mirror. */
let above = ''

/**
 * Frames in the mirror are the user's, but for those of packages; the report names them relative to `taskRoot`. `mirrorRoot` holds
 * node_modules too, and packages of the same repository.
 */
export function setTaskRoot(taskRoot: string, mirrorRoot: string): void {
  root = taskRoot.endsWith('/') ? taskRoot : `${taskRoot}/`
  layout = mirrorRoot.endsWith('/') ? mirrorRoot : `${mirrorRoot}/`
  above = root === layout ? '' : `${relative(root, layout)}/`
}

/** A stack that has been taken but not read: taking one is cheap, reading it is not. */
export type Captured = { stack?: unknown }

/** Frames of the user's own code, innermost first; a frame of a package when the user has none on the stack. */
export function framesHere(below: (...args: never[]) => unknown, most = KEPT): SourceLocation[] {
  const sites = sitesOf(capture(below))
  const own = ownFrames(sites, most)
  const foreign = own.length > 0 ? undefined : sites.find((site) => isForeign(fileOf(site)))
  return foreign === undefined ? own : [locationOf(foreign, fileOf(foreign)!)]
}

/** Frames of the user's own code in a stack taken earlier, without the innermost `skipped` of any code. */
export const userFrames = (taken: Captured, skipped: number): SourceLocation[] => ownFrames(sitesOf(taken).slice(skipped))

/** Whether the call came straight from the user's own code, and not from a package or Node. */
export function isCalledByUser(below: (...args: never[]) => unknown): boolean {
  const [caller] = sitesOf(capture(below))
  const file = caller === undefined ? undefined : fileOf(caller)
  return file !== undefined && !file.startsWith(OWN_CODE) && isOwn(file)
}

function ownFrames(sites: readonly NodeJS.CallSite[], most = KEPT): SourceLocation[] {
  const found: SourceLocation[] = []
  for (const site of sites) {
    const file = fileOf(site)
    if (file === undefined || file.startsWith(OWN_CODE) || !isOwn(file)) continue
    const location = locationOf(site, file)
    // A function that calls itself is one frame: how deep it went is the event's doing, not the code's.
    if (found.at(-1)?.fn === undefined || found.at(-1)?.fn !== location.fn || found.at(-1)?.file !== location.file)
      found.push(location)
    if (found.length === most) break
  }
  return found
}

const isOwn = (file: string): boolean => file.startsWith(layout) && !file.includes('/node_modules/')
const isForeign = (file: string | undefined): boolean => file !== undefined && !file.startsWith(OWN_CODE) && !isOwn(file)

const locationOf = (site: NodeJS.CallSite, file: string): SourceLocation => ({
  file: shorten(file),
  line: site.getLineNumber() ?? 0,
  column: site.getColumnNumber() ?? 0,
  ...fnOf(site),
})

/** Takes the stack below a function, without reading it. */
export function capture(below: (...args: never[]) => unknown): Captured {
  const limit = Error.stackTraceLimit
  const taken: Captured = {}
  try {
    Error.stackTraceLimit = DEPTH
    captureStackTrace(taken, below)
    Error.stackTraceLimit = limit
  } catch {
    // A function that froze Error: what it does is seen, not where.
  }
  return taken
}

/** Node makes the text, or with this the sites, when the stack is first asked for. */
function sitesOf(taken: Captured): NodeJS.CallSite[] {
  const limit = Error.stackTraceLimit
  const prepare = Error.prepareStackTrace
  try {
    Error.prepareStackTrace = (_error, sites) => sites
    return Array.isArray(taken.stack) ? taken.stack : []
  } catch {
    return []
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
  file.startsWith(root) ? file.slice(root.length) : file.startsWith(layout) ? relative(root, file) : file

/** Paths of the mirror in a stack text, made relative as in frames. */
export const shortenPaths = (text: string): string =>
  root === ''
    ? text
    : text.replaceAll(`file://${root}`, '').replaceAll(root, '').replaceAll(`file://${layout}`, above).replaceAll(layout, above)
