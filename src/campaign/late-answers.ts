import type { Draft, JsonObject, PlantedAnswer } from '../model/index.js'
import { type Failing, operationOf } from './faults.js'
import type { Runner } from './runner.js'
import type { World } from './second-order.js'
import type { Variant } from './variant.js'

const SERVICE: JsonObject = { type: 'object', 'x-control': 'service' }
const MOST = 12

/**
 * Honest events once more, with AWS taking its time for one call: what nobody waits for is often done by chance before the rest is,
 * as long as every answer comes at once.
 */
export async function* lateAnswers(
  runner: Runner,
  variants: readonly Variant[],
  world: (planted: readonly PlantedAnswer[], drafts: readonly Draft[]) => World,
): AsyncGenerator<Failing> {
  const done = new Set<string>()
  for (const { draft, trial } of variants) {
    if (trial.observations.at(-1)?.outcome.kind !== 'returned') continue
    const calls = trial.observations.flatMap(({ aws }) => aws)
    // After the last call there is nothing that could hide it: it shows without us.
    for (const call of calls.length < 2 ? [] : calls) {
      const key = `${operationOf(call)} ${call.location?.file}:${call.location?.line}`
      if (call.location === null || done.has(key) || done.size >= MOST || runner.stopped) continue
      done.add(key)
      const { service, operation } = call
      const planted = { label: `${key} is late`, service, operation, when: {}, template: {}, schema: SERVICE, times: 1 }
      const { maker, drafts } = world([{ ...planted, fault: 'late' }], [draft])
      const [made] = await runner.tryAll(maker, drafts)
      if (made !== undefined) yield { maker, trial: made, accepted: drafts }
    }
  }
}
