import { setOf } from './action-set.js'
import { findAction, type IamAction } from './snapshot.js'

const NOTHING: readonly IamAction[] = []

// From here on a bit for each is cheaper than a look at each.
const FEW = 500

/** Those of the named actions that are in the list, each once. */
export function among(actions: readonly IamAction[], names: readonly string[]): readonly IamAction[] {
  if (names.length === 0) return NOTHING
  const wanted = new Set(names)
  if (actions.length <= FEW) return actions.filter(({ name }) => wanted.has(name))
  const set = setOf(actions)
  return [...wanted].flatMap((name) => findAction(name) ?? []).filter((action) => set.has(action))
}
