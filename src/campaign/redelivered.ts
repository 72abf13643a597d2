import { type Case, type CaseMaker, type Draft, getAt, type Json, type Target } from '../model/index.js'
import { AT_LEAST_ONCE, type Failing } from './faults.js'
import type { Runner } from './runner.js'
import type { World } from './second-order.js'
import type { Variant } from './variant.js'

/**
 * The same event twice, where what it makes the function add to is not kept by a condition: queues, streams and topics deliver at least
 * once. One event for each place that adds; a FIFO queue leaves repeated messages out.
 */
export async function* redelivered(
  runner: Runner,
  maker: CaseMaker,
  variants: readonly Variant[],
  world: (planted: readonly [], drafts: readonly Draft[], delivery: 'again') => World,
): AsyncGenerator<Failing> {
  const done = new Map<string, number>()
  const known = variants.map(({ trial }) => trial).filter(({ case: made }) => comesAgain(made, runner.target))
  // A number of one is often rounded down to nothing, or counts what happened.
  const larger = known.slice(-MOST_LARGER).flatMap(({ case: { draft } }) => withLargerNumbers(maker, draft))
  for (const trial of [...(await runner.tryAll(maker, larger)), ...known].reverse()) {
    const { draft } = trial.case
    const adding = trial.observations.flatMap(({ aws }) => aws).find((call) => ADDS.test(String(call.params['UpdateExpression'])))
    const place = `${adding?.location?.file}:${adding?.location?.line}`
    if (adding === undefined || (done.get(place) ?? 0) >= MOST_AGAIN || runner.stopped) continue
    done.set(place, (done.get(place) ?? 0) + 1)
    await runner.session.renew()
    const { maker, drafts } = world([], [draft], 'again')
    const [made] = await runner.tryAll(maker, drafts)
    if (made !== undefined) yield { maker, trial: made, accepted: drafts }
  }
}

const comesAgain = ({ contract, source }: Case, { triggers }: Target): boolean =>
  AT_LEAST_ONCE.has(contract) && triggers[source]?.fifo !== true

const MOST_LARGER = 8

function withLargerNumbers(maker: CaseMaker, draft: Draft): readonly Draft[] {
  const numbers = maker.points(draft).filter(({ wire, kind }) => kind === 'leaf' && isNumber(getAt(draft.wire, wire)))
  return numbers.length === 0 ? [] : [numbers.reduce((made, point) => maker.withValue(made, point, LARGER), draft)]
}

const isNumber = (value: Json | undefined): boolean => typeof value === 'number' || /^\d{1,3}$/.test(String(value))

const LARGER = 1200
const ADDS = /\bADD\s|[+-]\s*:/i
/** Ways to one place: not each of them adds a number that tells. */
const MOST_AGAIN = 3
