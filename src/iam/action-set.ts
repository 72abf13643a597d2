import type { IamAction } from './snapshot.js'

const BITS = 32

/** A set of IAM's actions, one bit each: grants hold up to all 22,000 of them. */
export class ActionSet {
  private readonly words: Uint32Array

  constructor(...lists: readonly (readonly IamAction[])[]) {
    let last = -1
    for (const list of lists) for (const { id } of list) if (id > last) last = id
    this.words = new Uint32Array(Math.ceil((last + 1) / BITS))
    for (const list of lists) for (const { id } of list) this.words[id >>> 5]! |= 1 << (id & 31)
  }

  has({ id }: IamAction): boolean {
    const word = this.words[id >>> 5]
    return word !== undefined && ((word >>> (id & 31)) & 1) === 1
  }

  /** True when one of the actions is in it. */
  hasAny(actions: readonly IamAction[]): boolean {
    return actions.some((action) => this.has(action))
  }
}

const sets = new WeakMap<readonly IamAction[], ActionSet>()

/** The set of a list that many ask for: patterns repeat each other, and their lists of actions are shared. */
export function setOf(actions: readonly IamAction[]): ActionSet {
  const known = sets.get(actions)
  if (known !== undefined) return known
  const set = new ActionSet(actions)
  sets.set(actions, set)
  return set
}
