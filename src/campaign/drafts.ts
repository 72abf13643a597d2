import type { Draft, InsertionPoint } from '../model/index.js'

/** Keys of a JSON document reach code that merges; names of other maps are tried in their turn. */
export const inJson = (point: InsertionPoint): boolean => point.encodings.at(-1) === 'json-string'

const numbers = new WeakMap<Draft, number>()
let next = 0

/** The same draft has the same number: what was placed in it once is not placed again. */
export function numberOf(draft: Draft): number {
  const known = numbers.get(draft) ?? next++
  numbers.set(draft, known)
  return known
}
