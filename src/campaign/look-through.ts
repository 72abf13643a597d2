import type { CaseMaker, PlantedCanary, Trial } from '../model/index.js'
import type { Runner } from './runner.js'
import type { Variant } from './variant.js'

const MOST = 32

/** Sees which objects the first variants go through, key by key: discovery runs, one for each variant that is not in `done`. */
export async function lookThrough(
  runner: Runner,
  maker: CaseMaker,
  variants: readonly Variant[],
  done: Set<Variant>,
): Promise<void> {
  const fresh = variants.slice(0, MOST).filter((variant) => !done.has(variant))
  for (const variant of fresh) done.add(variant)
  const drafts = fresh.map(({ draft }) => draft)
  for (const seen of await runner.tryAll(maker, drafts, { mode: 'discover' })) {
    const reads = seen.observations[0]?.reads ?? []
    const listed = reads.filter((pointer) => pointer.endsWith('/*')).map((pointer) => pointer.slice(0, -2))
    const variant = fresh.find(({ draft }) => draft === seen.case.draft)
    for (const { point } of namingIn(seen)) variant?.naming.add(point.wire)
    for (const at of maker.objectsAt(seen.case.draft, listed)) variant?.listed.add(at)
  }
}

/** Fields whose marker was looked up among functions. */
const namingIn = ({ case: { canaries }, observations }: Trial): readonly PlantedCanary[] =>
  (observations[0]?.compared ?? []).flatMap(({ op, text }) =>
    op === 'method' ? canaries.filter(({ canary }) => text.toLowerCase() === canary) : [],
  )
