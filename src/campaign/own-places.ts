import type { CaseMaker, Draft } from '../model/index.js'

/** The draft has a field that none before it has, such as a text where there was JSON. `known` holds the wire pointers, and learns. */
export function hasOwnPlaces(maker: CaseMaker, draft: Draft, known: Set<string>): boolean {
  const before = known.size
  for (const { wire, kind } of maker.points(draft)) if (kind === 'leaf') known.add(wire)
  return known.size > before
}
