import { type CaseMaker, type Draft, getAt, type InsertionPoint } from '../model/index.js'
import type { Runner } from './runner.js'

const MOST = 8

/** A draft that leads further without a field, and the event pointers that it is to lack. */
export interface Fewer {
  readonly draft: Draft
  readonly without: readonly string[]
}

/**
 * Drafts with one of the added fields left out that made the function look further: some fields end it when they are there
 * (`if (query.error) return`). `base` has none of the added fields, `full` all of them.
 */
export async function fewer(runner: Runner, maker: CaseMaker, full: Draft, base: Draft): Promise<readonly Fewer[]> {
  const isAdded = ({ kind, wire }: InsertionPoint) => kind === 'leaf' && getAt(base.wire, wire) === undefined
  const added = [...new Set(maker.points(full).filter(isAdded).map(fieldOf))]
  if (added.length < 2) return []
  const drafts = added.slice(0, MOST).map((pointer) => maker.without(full, [pointer]))
  const trials = await runner.tryAll(maker, [full, ...drafts], { mode: 'discover' })
  const seen = (draft: Draft) => trials.find((trial) => trial.case.draft === draft)?.observations[0] ?? { reads: [], missing: [] }
  const known = new Set([...seen(full).reads, ...seen(full).missing])
  return drafts.flatMap((draft) => {
    const { reads, missing } = seen(draft)
    const isFurther = [...reads, ...missing].some((pointer) => !known.has(pointer))
    return isFurther ? [{ draft, without: missing.filter((pointer) => known.has(pointer)) }] : []
  })
}

/** The values of a query parameter or a header are a list: the whole of it is left out. */
const fieldOf = ({ wire }: InsertionPoint): string => wire.replace(/^(\/(?:query|headers)\/[^/]+)\/\d+$/, '$1')
