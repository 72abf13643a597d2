import { isJsonObject, type Json, type SourceLocation, type WebMode } from '../model/index.js'

/** The header by which the harness says which execution and which line made a request. */
export const CONTEXT_HEADER = 'x-eventfuzz-context'

/** Who made a request, as far as its context header could be believed. */
export interface CallContext {
  readonly n: number | null
  readonly near?: number
  readonly location: SourceLocation | null
  readonly frames: readonly SourceLocation[]
}

const NOBODY: CallContext = { n: null, location: null, frames: [] }
const LONGEST = 8 * 1024
const MOST_FRAMES = 8

/** Reads the header: base64url of JSON `{n, location, frames}`. It is the target's word, so anything odd counts as absent. */
export function readContext(header: string | undefined, mostFrames = MOST_FRAMES): CallContext {
  if (header === undefined || header.length > LONGEST) return NOBODY
  const said = parsed(header)
  if (!isJsonObject(said)) return NOBODY
  const frames = Array.isArray(said.frames) ? said.frames.slice(0, mostFrames).map(readLocation) : []
  return {
    n: isCount(said.n) ? said.n : null,
    ...(isCount(said.near) ? { near: said.near } : {}),
    location: readLocation(said.location),
    frames: frames.filter((frame) => frame !== null),
  }
}

/** What the event in hand wants of hosts that are none of AWS's. */
export function readWebMode(header: string | undefined): WebMode | undefined {
  const said = header === undefined || header.length > LONGEST ? null : parsed(header)
  const web = isJsonObject(said) ? said['web'] : undefined
  return web === 'refused' || web === 'null' ? web : undefined
}

function parsed(header: string): Json {
  try {
    return JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as Json
  } catch {
    return null // not JSON: the same as no header
  }
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

function readLocation(value: Json | undefined): SourceLocation | null {
  if (!isJsonObject(value)) return null
  const { file, line, column, fn } = value
  if (typeof file !== 'string' || file.length > 1024 || !isCount(line) || !isCount(column)) return null
  return { file, line, column, ...(typeof fn === 'string' && fn.length <= 256 ? { fn } : {}) }
}
