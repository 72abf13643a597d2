import { isTextRead } from './event-view.js'
import { notePart } from './parts.js'

const LONGEST = 300

/** Discovery only. Before a pattern runs on a text: what its groups will hold, where the function's own code runs it. */
export function noteParts(text: unknown, pattern: unknown, isByUser: () => boolean): void {
  if (typeof text !== 'string' || text.length > LONGEST || !(pattern instanceof RegExp)) return
  if (!isTextRead(text) || !isByUser()) return
  const groups = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).exec(text)?.slice(1) ?? []
  for (const part of groups) if (typeof part === 'string') notePart(part)
}
