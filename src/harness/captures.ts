import { isTextRead } from './event-view.js'

/** Discovery only: parts of event texts that the function's patterns have captured. They carry no canary, and are compared all the same. */
const parts = new Set<string>()
const MOST = 100
const LONGEST = 300

// Bound before methods are watched: what we ask ourselves is no question of the function's.
const isKnown = parts.has.bind(parts)
export const isPart = (value: unknown): value is string => typeof value === 'string' && isKnown(value)

export const forgetParts = (): void => parts.clear()

/** Before a pattern runs on a text: what its groups will hold, where the function's own code runs it. */
export function noteParts(text: unknown, pattern: unknown, isByUser: () => boolean): void {
  if (typeof text !== 'string' || text.length > LONGEST || !(pattern instanceof RegExp)) return
  if (!isTextRead(text) || !isByUser()) return
  const groups = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).exec(text)?.slice(1) ?? []
  for (const part of groups) if (typeof part === 'string' && part.length > 1 && parts.size < MOST) parts.add(part)
}
