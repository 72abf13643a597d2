import type { CaseMaker, Draft, PayloadFamily } from '../model/index.js'
import type { Variant } from './variant.js'

/** The plan is through: random valid events, and random payloads in what honest events got furthest. `from` counts what was tried. */
export function endless(
  maker: CaseMaker,
  variants: readonly Variant[],
  families: readonly PayloadFamily[],
  random: () => number,
  from: number,
  count: number,
): Draft[] {
  const samples = maker.samples(Math.floor(random() * 2 ** 31), count / 2)
  const honest = [...variants.map((variant) => variant.draft), ...samples]
  const hostile = Array.from({ length: count / 2 }, () => {
    const draft = honest[Math.floor(random() * honest.length)]!
    const points = maker.points(draft)
    const point = points[Math.floor(random() * points.length)]
    const family = families[(from + Math.floor(random() * families.length)) % families.length]
    const payload = family?.payloads[Math.floor(random() * family.payloads.length)]
    return point && family && payload ? maker.place(draft, point, family, payload) : undefined
  })
  return [...samples, ...hostile.filter((draft) => draft !== undefined)]
}
