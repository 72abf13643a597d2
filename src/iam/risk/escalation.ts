import { readPackageJson } from '../../model/index.js'

/** Actions that together let a principal gain rights; each list is one way. */
interface Paths {
  /** Nothing else has to be there: the principal makes what it needs. */
  readonly selfContained: readonly (readonly string[])[]
  /** A function, instance or stack with more rights has to exist already. */
  readonly targetDependent: readonly (readonly string[])[]
}

let paths: Paths | undefined

function known(): Paths {
  paths ??= readPackageJson('data/escalation-paths.json') as unknown as Paths
  return paths
}

/** One way to more rights that a role's permissions open. */
export interface Escalation {
  readonly actions: readonly string[]
  readonly kind: keyof Paths
}

/** Every way that the granted actions open, those that need nothing else first. */
export function escalations(granted: ReadonlySet<string>): readonly Escalation[] {
  const open = (kind: keyof Paths): Escalation[] =>
    known()
      [kind].filter((actions) => actions.every((action) => granted.has(action)))
      .map((actions) => ({ actions, kind }))
  return [...open('selfContained'), ...open('targetDependent')]
}
