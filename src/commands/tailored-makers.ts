import { sourceOf } from '../events/index.js'
import { caseMaker, honestWires, withStrategies } from '../generate/index.js'
import type { CaseMaker, Json, SourceId, Target } from '../model/index.js'
import { drawStrategies } from './strategies.js'

/** Makes cases of one source of a target; `seeds` are wire inputs to begin with. */
type MakerOf = (target: Target, source: SourceId, tag: number, seeds: readonly Json[]) => CaseMaker

/** Makers that know the values of the user's strategies, which `files` hold. Throws like `drawStrategies`. */
export async function tailoredMakers(files: readonly string[], seed: number): Promise<MakerOf> {
  const strategies = await drawStrategies(files, seed)
  return (target, source, tag, seeds) => {
    const trigger = target.triggers[source] ?? {}
    const making = (wires: readonly Json[]) => caseMaker(sourceOf(source, trigger), trigger, tag, wires)
    return withStrategies(making([...seeds, ...honestWires(making([]), strategies)]), strategies)
  }
}
