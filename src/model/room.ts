import { runInNewContext } from 'node:vm'
import { canaryOf } from './canary.js'
import { SLOT } from './slot.js'

const MOST_LENGTH = 60
const MOST_MARKS = 3
/** The pattern is the function's: one that takes exponential time must not take ours. */
const TIMEOUT_MS = 400
const STAND_IN = canaryOf({ tag: 0, caseNumber: 0, site: 0 })

/** What was found is asked for at every look at a schema; the search is dear. */
const known = new Map<string, readonly string[]>()
const MOST_KNOWN = 2_000

/** The text with SLOT where it may be anything: the longest such parts. Empty where nothing may, or the pattern takes too long. */
export function withRoom(sample: string, source: string, flags: string): readonly string[] {
  if (sample.length > MOST_LENGTH) return []
  const key = `${flags}/${source}/${sample}`
  const found = known.get(key) ?? search(sample, source, flags)
  if (known.size < MOST_KNOWN) known.set(key, found)
  return found
}

function search(sample: string, source: string, flags: string): readonly string[] {
  try {
    const globals = { sample, source, flags, stand: STAND_IN, most: MOST_MARKS }
    const marked = String(runInNewContext(FIND_ROOM, globals, { timeout: TIMEOUT_MS }))
    return marked.includes(STAND_IN) ? [marked.replaceAll(STAND_IN, SLOT)] : []
  } catch {
    return []
  }
}

/** Replaces part after part, the longest first, by what stands for a canary, as long as the pattern still matches. */
const FIND_ROOM = `
  const pattern = new RegExp(source, flags)
  const more = (parts) => {
    const spans = parts.flatMap((text, part) =>
      [...text].flatMap((_, at) => Array.from({ length: text.length - at }, (_, i) => ({ part, at, end: at + i + 1 }))))
    spans.sort((a, b) => b.end - b.at - (a.end - a.at))
    for (const { part, at, end } of spans) {
      const made = [...parts.slice(0, part), parts[part].slice(0, at), parts[part].slice(end), ...parts.slice(part + 1)]
      if (pattern.test(made.join(stand))) return made
    }
  }
  let found = [sample]
  for (let i = 0; i < most; i++) found = more(found) ?? found
  found.join(stand)
`
