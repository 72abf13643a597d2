import { sourceOf } from '../events/index.js'
import { caseMaker } from '../generate/index.js'
import { type Invoker, type Observation, SOURCE_IDS, type SourceId, type Target } from '../model/index.js'

/**
 * The source whose honest event the function reads best: most properties that are there, fewest that are not. Undefined when it
 * reads nothing, or cannot be loaded.
 */
export async function inferByRunning(target: Target, invoker: Invoker, signal: AbortSignal): Promise<SourceId | undefined> {
  const opened = await invoker.open(target)
  if (opened.kind !== 'open') return undefined
  await using session = opened.session
  const events = SOURCE_IDS.flatMap((source) => {
    const maker = caseMaker(sourceOf(source), {}, 1)
    const [template] = maker.templates([])
    const made = template === undefined ? undefined : maker.render(template, 1)
    return made === undefined ? [] : [{ source, text: made.steps.at(-1)!.text }]
  })
  const batch = events.map(({ text }, n) => ({ n, text, mode: 'discover' as const, deadlineMs: target.timeoutMs }))
  const observations = await session.run(batch, signal)
  const scored = events.map(({ source }, i) => ({ source, score: scoreOf(observations[i]) }))
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score > 0 ? best.source : undefined
}

const scoreOf = (observation: Observation | undefined): number =>
  observation === undefined ? 0 : observation.reads.length - 2 * observation.missing.length
