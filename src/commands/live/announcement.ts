import type { Audited } from '../../invokers/live/audit-log.js'
import { usd } from '../../invokers/live/spending.js'
import type { LiveConfig } from '../../model/index.js'
import type { Guarded } from './guarded.js'

/** What the user reads before anything is sent: what is attacked, what it may cost, and what it may do. */
export function announcement(
  through: readonly Guarded[],
  { budget, owner, stopFile }: LiveConfig,
  timeMs: number,
  earlier: Audited | undefined,
): readonly string[] {
  const { invocations, concurrency, gbSeconds, rate } = budget
  const who = through.find(({ caller }) => caller !== undefined)?.caller
  return [
    `live: ${through.map(({ place }) => place.word).join(', ')}${who === undefined ? '' : ` in account ${who.account}, as ${who.arn}`}`,
    `live: owner: ${owner}`,
    `live: at most ${invocations} invocations, ${concurrency} at a time, ${rate} a second, ${Math.round(timeMs / 1000)} s, ${gbSeconds} GB-seconds: about US$ ${usd(invocations, gbSeconds).toFixed(4)} at list prices, and what the functions themselves use`,
    'live: even valid events have effects: the functions may send mail, charge cards, write and delete records, as they do for any event',
    `live: the file ${stopFile} stops it`,
    ...(earlier === undefined
      ? []
      : [
          `live: goes on after ${earlier.invocations} invocations; ${earlier.inFlight.length} were under way and may run again: ${earlier.inFlight.map(({ n }) => `#${n}`).join(', ') || 'none'}`,
        ]),
  ]
}
