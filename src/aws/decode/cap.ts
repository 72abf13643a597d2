import type { Json, JsonObject } from '../../model/index.js'

const LONGEST_TEXT = 16 * 1024
const DEEPEST = 40
const MOST_VALUES = 20_000

/** Text cut at 16 KiB: what evidence may hold of one value. */
export const capText = (text: string): string => (text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text)

/** True when the value nests deeper than AWS accepts anywhere; asked before anything walks it. */
export function isTooDeep(value: unknown, levels = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  return Object.values(value).some((child) => isTooDeep(child, levels - 1))
}

/** Parameters as they are recorded: every text cut at 16 KiB, and not more than 20,000 values in all. */
export function capParams(params: JsonObject): JsonObject {
  let left = MOST_VALUES
  const cap = (value: Json): Json => {
    if (--left < 0) return null
    if (typeof value === 'string') return capText(value)
    if (Array.isArray(value)) return value.slice(0, Math.max(0, left)).map(cap)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, Math.max(0, left))
        .map(([name, child]) => [capText(name), cap(child)]),
    )
  }
  return cap(params) as JsonObject
}
