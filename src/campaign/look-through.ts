import type { CaseMaker } from '../model/index.js'
import type { Variant } from './explore.js'
import type { Runner } from './runner.js'

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
    for (const at of maker.objectsAt(seen.case.draft, listed)) variant?.listed.add(at)
  }
}
