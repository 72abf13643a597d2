import { isRefused } from './refused.js'
import type { Variant } from './variant.js'

/** The latest variants got furthest; what the function refused did not get far. */
export const byReach = (variants: readonly Variant[]): readonly Variant[] =>
  [...variants].reverse().sort((a, b) => Number(isRefused(a.trial)) - Number(isRefused(b.trial)))
