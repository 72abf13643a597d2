import { isRefused } from './refused.js'
import { statusIn } from './status-in.js'
import type { Variant } from './variant.js'

/** Answers of what looks at no more than the method, the path and the type. */
const AT_THE_DOOR = new Set([404, 405, 406, 415])

/** The latest variants got furthest; what the function refused did not get far, least of all what it knows no route for. */
export const byReach = (variants: readonly Variant[]): readonly Variant[] =>
  [...variants].reverse().sort((a, b) => refusal(a) - refusal(b))

const refusal = ({ trial }: Variant): number => (!isRefused(trial) ? 0 : AT_THE_DOOR.has(statusIn(trial)) ? 2 : 1)
