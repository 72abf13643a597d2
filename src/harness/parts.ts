/** Discovery only: texts of the event that carry no canary, and are compared all the same. */
const parts = new Set<string>()
const MOST = 100
const LONGEST = 300

// Bound before methods are watched: what we ask ourselves is no question of the function's.
const isKnown = parts.has.bind(parts)
export const isPart = (value: unknown): value is string => typeof value === 'string' && isKnown(value)

export const forgetParts = (): void => parts.clear()

/** What a pattern of the function has captured, or what the service says of who sent the event. */
export const notePart = (text: string): void => {
  if (text.length > 1 && text.length <= LONGEST && parts.size < MOST) parts.add(text)
}
