import type { Observation, Trial } from '../model/index.js'

/** Begin the labels of cases whose events ask for growing amounts: see campaign/amounts.ts. */
const GROWS = /^grows: (number|packed bytes) at (.*)$/
/** The last events of the series; one before them warms the process up. */
const SIZES = 4

/** A case that asks for four amounts, each four times the one before, and what was seen of them. */
export interface GrownAmounts {
  readonly what: 'number' | 'packed bytes'
  /** Wire pointer of the field. */
  readonly at: string
  readonly sized: readonly Observation[]
  /** The same for all forms in which a document is tried: as a text, as JSON. */
  readonly cause: string
}

/** Undefined for every other case. */
export function grownAmounts({ case: { draft, stage }, observations }: Trial): GrownAmounts | undefined {
  const [, what, at] = (stage === 'sequence' && GROWS.exec(draft.labels[0] ?? '')) || []
  const sized = observations.slice(1).slice(-SIZES)
  if (what === undefined || at === undefined || sized.length < SIZES) return undefined
  return { what: what as GrownAmounts['what'], at, sized, cause: at.replace(/\/(?:text|value)(?:\/\{json\})?$/, '') }
}
