import { type CaseMaker, type Draft, getAt } from '../model/index.js'

/** Where a wire says which of its owner's ways in an event takes. */
const WAYS = ['/route', '/trigger']

/**
 * The draft has a field that none before it has, such as a text where there was JSON, or comes another way: what every route asks
 * first hides what stands behind it. `known` holds what was seen, and learns.
 */
export function hasOwnPlaces(maker: CaseMaker, draft: Draft, known: Set<string>): boolean {
  const before = known.size
  for (const at of WAYS) known.add(`${at} ${String(getAt(draft.wire, at) ?? '')}`)
  for (const { wire, kind } of maker.points(draft)) if (kind === 'leaf') known.add(wire)
  return known.size > before
}
