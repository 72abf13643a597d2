import { type CaseMaker, type Draft, getAt, type InsertionPoint, SLOT, type Trial } from '../model/index.js'
import type { Runner } from './runner.js'
import type { Variant } from './variant.js'

/** Begins the label of a draft whose cases are an honest event, and the same with dots and slashes: see oracles/object-key-traversal.ts. */
const CLIMBS = 'climbs in an object key: '
const MOST = 12

interface Climbing {
  readonly maker: CaseMaker
  readonly trial: Trial
  readonly accepted: readonly Draft[]
}

/** Where a field stands below a directory of an object's key: whether the function resolves what leads out of it. */
export async function* keyClimbs(runner: Runner, maker: CaseMaker, variants: readonly Variant[]): AsyncGenerator<Climbing> {
  const both = twice(maker)
  const done = new Set<string>()
  for (const { draft, trial } of [...variants].reverse()) {
    for (const { wire, place } of inKeys(trial)) {
      const way = `${wire} ${place}`
      if (runner.stopped || done.size >= MOST || done.has(way)) continue
      done.add(way)
      const [tried] = await runner.tryAll(both, [{ ...draft, stage: 'sequence', base: null, labels: [CLIMBS + wire] }])
      if (tried !== undefined) yield { maker: both, trial: tried, accepted: [draft] }
    }
  }
}

interface InKey {
  readonly wire: string
  readonly place: string
}

/** Fields that stand in keys of objects, behind a slash. */
const inKeys = ({ case: { canaries }, observations }: Trial): readonly InKey[] =>
  (observations.at(-1)?.effects ?? []).flatMap((effect) => {
    const key = effect.kind === 'aws' && effect.service === 's3' ? effect.params['Key'] : undefined
    if (effect.kind !== 'aws' || typeof key !== 'string') return []
    const place = `${effect.api}:${effect.location?.file}:${effect.location?.line}`
    return canaries
      .filter(({ canary, point }) => point.kind === 'leaf' && key.indexOf('/') !== -1 && key.indexOf('/') < key.indexOf(canary))
      .map(({ point }) => ({ wire: point.wire, place }))
  })

/** A maker of both events. */
function twice(maker: CaseMaker): CaseMaker {
  return {
    ...maker,
    render(draft, number) {
      const [label = ''] = draft.labels
      if (!label.startsWith(CLIMBS)) return maker.render(draft, number)
      const point = maker.points(draft).find(({ wire }) => wire === label.slice(CLIMBS.length))
      const climbing = point === undefined ? undefined : climbingAt(maker, draft, point)
      const honest = climbing === undefined ? undefined : maker.render(draft, number)
      const last = climbing === undefined ? undefined : maker.render(climbing, number)
      return honest === undefined || last === undefined ? undefined : { ...last, draft, steps: [...honest.steps, ...last.steps] }
    },
  }
}

/** One directory more than the field itself holds. */
function climbingAt(maker: CaseMaker, draft: Draft, point: InsertionPoint): Draft | undefined {
  const leaf = getAt(draft.wire, point.wire)
  if (typeof leaf !== 'string' || !leaf.includes(SLOT)) return undefined
  const own = leaf.slice(0, leaf.indexOf(SLOT)).split('/').length - 1
  return maker.withValue(
    draft,
    point,
    leaf.replace(SLOT, () => `a/${'../'.repeat(own + 2)}${SLOT}`),
  )
}
