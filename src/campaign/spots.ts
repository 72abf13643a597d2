import { type CaseMaker, type Draft, getAt, type InsertionPoint, SLOT } from '../model/index.js'

/** What stands where no payload goes: short, and of signs that most patterns let through. */
const PLAIN = 'part1'

/**
 * The draft, whose payload goes to the first marker of the field; where there are several (`lists/{{canary}}/{{canary}}.csv`), again
 * with a marker in the last place alone: each part of such a text may be checked in its own way.
 */
export function spots(maker: CaseMaker, draft: Draft, point: InsertionPoint): readonly Draft[] {
  const leaf = point.kind === 'leaf' ? getAt(draft.wire, point.wire) : null
  const parts = typeof leaf === 'string' ? leaf.split(SLOT) : []
  if (parts.length < 3) return [draft]
  return [draft, maker.withValue(draft, point, parts.slice(0, -1).join(PLAIN) + SLOT + parts.at(-1)!)]
}
