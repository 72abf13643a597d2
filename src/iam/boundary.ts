import type { NamedPolicy } from '../model/index.js'
import { mayMeet } from './grants.js'
import { parsePolicies } from './policy.js'
import type { IamAction } from './snapshot.js'
import { decide, type Names, namesAction, type Statement } from './statement.js'

/** What a permissions boundary leaves of what a role's policies grant. */
export interface Boundary {
  readonly name: string
  /** Denies of the boundary, which deny as the role's own do. */
  readonly denies: readonly Statement[]
  /** True when the action may be allowed on some of the resources. */
  leaves(action: IamAction, on: Names): boolean
  /** True when the action is allowed on the ARN, or may be under a condition. */
  allows(action: string, arn: string): boolean
}

/** Reads a boundary; undefined when there is none. A part of it that cannot be read allows everything: it is not known to limit. */
export function boundaryOf(policy: NamedPolicy | undefined): Boundary | undefined {
  if (policy === undefined) return undefined
  const { statements, problems } = parsePolicies([policy])
  if (problems.some(({ lost }) => lost)) return undefined
  const allows = statements.filter(({ effect }) => effect === 'Allow')
  return {
    name: policy.name,
    denies: statements.filter(({ effect }) => effect === 'Deny'),
    leaves: ({ name }, on) => allows.some((one) => namesAction(one, name) && mayMeet(one.resources, on)),
    allows: (action, arn) => decide(statements, action, arn).kind === 'Allowed',
  }
}
