import { readPackageJson } from '../../model/index.js'
import type { ActionSet } from '../action-set.js'
import { findAction, type IamAction } from '../snapshot.js'

/** Actions that together let a principal gain rights; each list is one way. */
interface Paths {
  /** Nothing else has to be there: the principal makes what it needs. */
  readonly selfContained: readonly (readonly string[])[]
  /** A function, instance or stack with more rights has to exist already. */
  readonly targetDependent: readonly (readonly string[])[]
}

/** One way to more rights that a role's permissions open. */
export interface Escalation {
  readonly actions: readonly IamAction[]
  readonly kind: keyof Paths
}

let ways: readonly Escalation[] | undefined

/** Those that need nothing else first; a way of actions that IAM does not know opens nothing. */
function known(): readonly Escalation[] {
  const paths = readPackageJson('data/escalation-paths.json') as unknown as Paths
  return (['selfContained', 'targetDependent'] as const).flatMap((kind) =>
    paths[kind].flatMap((names) => {
      const actions = names.flatMap((name) => findAction(name) ?? [])
      return actions.length < names.length ? [] : [{ actions, kind }]
    }),
  )
}

/** Every way that the granted actions open, those that need nothing else first. */
export function escalations(granted: ActionSet): readonly Escalation[] {
  ways ??= known()
  return ways.filter(({ actions }) => actions.every((action) => granted.has(action)))
}
