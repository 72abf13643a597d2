import type { Draft } from '../model/index.js'

/** Wire inputs that were tried: two ways to the same event lead to one place. */
export class Tried {
  #wires = new Set<string>()

  has = ({ wire }: Draft): boolean => this.#wires.has(JSON.stringify(wire))

  /** True once for each. */
  isNew(draft: Draft): boolean {
    const fresh = !this.has(draft)
    if (fresh) this.#wires.add(JSON.stringify(draft.wire))
    return fresh
  }
}
