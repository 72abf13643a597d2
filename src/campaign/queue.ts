import type { Variant } from './variant.js'

/**
 * Which honest event is looked into next, of a list that grows meanwhile: in turns the one that has waited longest, and the most
 * promising: the latest behind a condition that was just opened, else the one whose way of behaving is the rarest.
 */
export class Queue {
  #variants: readonly Variant[]
  #done = new Set<Variant>()
  #isDeep: (variant: Variant) => boolean
  #met: (variant: Variant) => number
  #turn = 0

  constructor(variants: readonly Variant[], isDeep: (variant: Variant) => boolean, met: (variant: Variant) => number) {
    this.#variants = variants
    this.#isDeep = isDeep
    this.#met = met
  }

  next(): Variant | undefined {
    const waiting = this.#variants.filter((variant) => !this.#done.has(variant))
    const next = this.#turn++ % 2 === 0 ? this.#promising(waiting) : waiting[0]
    if (next !== undefined) this.#done.add(next)
    return next
  }

  #promising(waiting: readonly Variant[]): Variant | undefined {
    const deep = waiting.findLast(this.#isDeep)
    return deep ?? [...waiting].sort((a, b) => this.#met(a) - this.#met(b))[0]
  }
}
