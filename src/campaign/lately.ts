import type { CaseMaker, Draft, PayloadFamily } from '../model/index.js'
import { byReach } from './by-reach.js'
import type { Variant } from './variant.js'

/** What shows something rarely, when all else has been tried: each payload once at each place, in the variant that got furthest. */
export function* lately(
  maker: CaseMaker,
  variants: readonly Variant[],
  families: readonly PayloadFamily[],
  done: Set<string>,
): Generator<Draft> {
  const late = families.filter((family) => family.late === true)
  for (const { draft } of byReach(variants)) {
    for (const point of maker.points(draft)) {
      for (const [family, payload] of late.flatMap((one) => one.payloads.map((payload) => [one, payload] as const))) {
        const key = `${point.wire}\0${point.encodings.join()}\0${family.id}/${payload.id}`
        const placed = done.has(key) ? undefined : maker.place(draft, point, family, payload)
        if (placed === undefined) continue
        done.add(key)
        yield placed
      }
    }
  }
}
