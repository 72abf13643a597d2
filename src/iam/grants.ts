import { type ActionSet, setOf } from './action-set.js'
import { appliesTo } from './applies.js'
import type { Boundary } from './boundary.js'
import { hasWildcard } from './glob.js'
import { arnsOverlap, containsArns, matchesArn } from './match-arn.js'
import { expandAction, type IamAction } from './snapshot.js'
import { allActionsBut, type Names, type Statement } from './statement.js'

/** One action pattern of an Allow on one resource pattern, as they are written, less what a Deny takes away. */
export interface Grant {
  readonly statement: Statement
  /** As written: `dynamodb:*`, `NotAction: iam:*`. */
  readonly action: string
  readonly resource: string
  /** The resource with its policy variables. */
  readonly written: string
  /** Names one action, without a wildcard. */
  readonly exact: boolean
  /** What is left of it. */
  readonly actions: readonly IamAction[]
  covers(arn: string): boolean
}

interface ResourceUnit {
  readonly shown: string
  readonly written: string
  readonly names: Names
}

interface Denied {
  readonly resources: Names
  readonly actions: ActionSet
}

/** Everything the statements allow, one grant per pattern pair. Patterns that name no action at all give none. */
export function grantsOf(statements: readonly Statement[], boundary?: Boundary): readonly Grant[] {
  // Only a Deny without a condition surely denies.
  const denied = [...statements, ...(boundary?.denies ?? [])]
    .filter(({ effect, conditions }) => effect === 'Deny' && conditions.length === 0)
    .map((deny) => ({ resources: deny.resources, actions: setOf(named(deny.actions)) }))
  const grants = statements.filter(({ effect }) => effect === 'Allow').flatMap((allow) => grantsOfStatement(allow, denied))
  return boundary === undefined ? grants : grants.map((grant) => within(grant, boundary))
}

function within(grant: Grant, boundary: Boundary): Grant {
  const { except } = grant.statement.resources
  const on: Names = except ? grant.statement.resources : { except, patterns: [grant.resource] }
  return { ...grant, actions: grant.actions.filter((action) => boundary.leaves(action, on)) }
}

function grantsOfStatement(statement: Statement, denied: readonly Denied[]): Grant[] {
  const resources = unitsOf(statement)
  return actionUnits(statement.actions).flatMap(({ action, exact, actions }) =>
    resources.map(({ shown, written, names }) => {
      const taken = denied.filter((deny) => containsAll(deny.resources, names))
      const left = taken.length === 0 ? actions : actions.filter((action) => !taken.some((deny) => deny.actions.has(action)))
      const covers = (arn: string): boolean => names.patterns.some((pattern) => matchesArn(pattern, arn)) !== names.except
      return { statement, action, resource: shown, written, exact, actions: left, covers }
    }),
  )
}

/** The actions that have an effect on the grant's resource, those that were seen to be used there in any case. */
export function effectiveActions({ actions, resource, statement }: Grant, used: ReadonlySet<string>): readonly IamAction[] {
  if (statement.resources.except || /^\*+$/.test(resource)) return actions
  const isEffective = (action: IamAction): boolean => used.has(action.name) || appliesTo(action, resource)
  // Of most grants all of them: the list is not copied for that.
  return actions.every(isEffective) ? actions : actions.filter(isEffective)
}

const named = ({ except, patterns }: Names): readonly IamAction[] =>
  except ? allActionsBut(patterns) : patterns.flatMap((pattern) => expandAction(pattern))

function actionUnits({ except, patterns }: Names): { action: string; exact: boolean; actions: readonly IamAction[] }[] {
  if (except) return [{ action: `NotAction: ${patterns.join(', ')}`, exact: false, actions: allActionsBut(patterns) }]
  return [...new Set(patterns)]
    .map((action) => ({ action, exact: !hasWildcard(action), actions: expandAction(action) }))
    .filter(({ actions }) => actions.length > 0)
}

function unitsOf({ resources: { except, patterns }, written }: Statement): ResourceUnit[] {
  if (except) {
    const shown = `NotResource: ${written.resources.join(', ')}`
    return [{ shown, written: shown, names: { except, patterns } }]
  }
  const units = patterns.map((pattern, i) => ({
    ...{ shown: pattern, written: written.resources[i] ?? pattern, names: { except, patterns: [pattern] } },
  }))
  return [...new Map(units.map((unit) => [unit.written, unit])).values()]
}

/** False when no resource is surely named by both. */
export function mayMeet(one: Names, other: Names): boolean {
  if (one.except && other.except) return true
  if (one.except) return !other.patterns.every((b) => one.patterns.some((a) => containsArns(a, b)))
  if (other.except) return mayMeet(other, one)
  return one.patterns.some((a) => other.patterns.some((b) => arnsOverlap(a, b)))
}

/** True when the outer names every resource that the inner names. */
function containsAll(outer: Names, inner: Names): boolean {
  if (!outer.except && !inner.except) return inner.patterns.every((b) => outer.patterns.some((a) => containsArns(a, b)))
  if (!outer.except) return outer.patterns.some((a) => /^\*+$/.test(a))
  if (!inner.except) return inner.patterns.every((b) => !outer.patterns.some((a) => arnsOverlap(a, b)))
  return outer.patterns.every((a) => inner.patterns.some((b) => containsArns(b, a)))
}
