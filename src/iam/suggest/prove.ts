import { isDeepStrictEqual } from 'node:util'
import type { JsonObject, NamedPolicy } from '../../model/index.js'
import { appliesTo } from '../applies.js'
import type { Use } from '../exercised.js'
import { containsGlob } from '../glob.js'
import { containsArns } from '../match-arn.js'
import { parsePolicies } from '../policy.js'
import { findAction } from '../snapshot.js'
import { decide, type Statement } from '../statement.js'
import { statementsIn } from './rewrite.js'

/** Why a suggested policy is enough and not broader, or why it is not. */
export interface Proof {
  readonly holds: boolean
  /** Requests that were needed and allowed, and still are. */
  readonly requests: number
  /** Every Allow, and the one that it descends from: `policy.json#0 (Orders)`. */
  readonly descents: readonly string[]
  /** Empty when it holds. */
  readonly failures: readonly string[]
}

/**
 * Proves policies against those that they replace, knowing nothing of how they were made: every Allow descends from one Allow with
 * the same conditions and contained actions and resources, every Deny is kept, everything that was used or that the platform needs
 * and that was allowed still is.
 */
export function prove(
  before: readonly NamedPolicy[],
  after: readonly NamedPolicy[],
  uses: readonly Use[],
  platform: ReadonlySet<string>,
): Proof {
  const [old, suggested] = [parsePolicies(before), parsePolicies(after)]
  const unread = [...old.problems, ...suggested.problems].filter(({ lost }) => lost)
  const ancestors = suggested.statements
    .filter(({ effect }) => effect === 'Allow')
    .map((statement) => ({ statement, from: old.statements.find((one) => descends(statement, one)) }))
  const needed = requestsOf(old.statements, uses, platform)
  const failures = [
    ...unread.map(({ policy, place, why }) => `${policy} ${place} cannot be read: ${why}`),
    ...ancestors
      .filter(({ from }) => from === undefined)
      .map(({ statement }) => `${statement.label} allows what no statement allowed`),
    ...lostDenies(before, after),
    ...needed
      .filter(({ action, arn }) => decide(suggested.statements, action, arn).kind !== 'Allowed')
      .map(({ action, arn }) => `${action} on ${arn} would no longer be allowed`),
  ]
  const descents = ancestors.map(({ statement, from }) => `${statement.label} from ${from?.label ?? 'nothing'}`)
  return { holds: failures.length === 0, requests: needed.length, descents, failures }
}

interface Request {
  readonly action: string
  readonly arn: string
}

/** What was used, or is the platform's, and was allowed. An attack proves no need. */
function requestsOf(statements: readonly Statement[], uses: readonly Use[], platform: ReadonlySet<string>): Request[] {
  const used = uses.filter(({ origin }) => origin !== 'attack').map(({ action, arn }) => ({ action, arn }))
  const granted = statements
    .filter(({ effect, resources }) => effect === 'Allow' && !resources.except)
    .flatMap(({ resources }) => [...platform].flatMap((name) => onEach(name, resources.patterns)))
  const all = [...used, ...granted].filter(({ action, arn }) => decide(statements, action, arn).kind === 'Allowed')
  return [...new Map(all.map((one) => [`${one.action} ${one.arn}`, one])).values()]
}

/** The resources of a statement that the action works on. */
function onEach(name: string, patterns: readonly string[]): Request[] {
  const action = findAction(name)
  return patterns.filter((arn) => action === undefined || appliesTo(action, arn)).map((arn) => ({ action: name, arn }))
}

/** The same conditions, no action and no resource more. */
function descends(child: Statement, parent: Statement): boolean {
  return (
    parent.effect === 'Allow' &&
    isDeepStrictEqual(child.written.tests, parent.written.tests) &&
    child.written.variables === parent.written.variables &&
    isWithin(
      child.actions.except,
      child.actions.patterns.map(lower),
      parent.actions.except,
      parent.actions.patterns.map(lower),
      containsGlob,
    ) &&
    isWithin(child.resources.except, child.written.resources, parent.resources.except, parent.written.resources, containsWritten)
  )
}

const lower = (text: string): string => text.toLowerCase()
/** A variable is some text, which is contained only in itself and in a plain star. */
const containsWritten = (outer: string, inner: string): boolean =>
  outer === inner || (!outer.includes('${') && (!inner.includes('${') || outer === '*') && containsArns(outer, inner))

type Contains = (outer: string, inner: string) => boolean

/** Never wrongly true. An exception is contained only in the same exception. */
function isWithin(
  childExcept: boolean,
  child: readonly string[],
  parentExcept: boolean,
  parent: readonly string[],
  contains: Contains,
): boolean {
  if (!parentExcept && !childExcept) return child.every((inner) => parent.some((outer) => contains(outer, inner)))
  if (parentExcept && childExcept) return isDeepStrictEqual([...child].sort(), [...parent].sort())
  // A list within an exception: no name of it may be one that the exception leaves out.
  return (
    parentExcept &&
    child.every((inner) => !/[*?]|\$\{/.test(inner) && parent.every((outer) => !outer.includes('${') && !contains(outer, inner)))
  )
}

function lostDenies(before: readonly NamedPolicy[], after: readonly NamedPolicy[]): string[] {
  const denies = (policies: readonly NamedPolicy[]): JsonObject[] =>
    policies.flatMap(({ document }) => statementsIn(document)).filter(({ Effect }) => Effect === 'Deny')
  const kept = denies(after)
  return denies(before)
    .filter((deny) => !kept.some((one) => isDeepStrictEqual(one, deny)))
    .map((deny) => `a Deny is lost: ${JSON.stringify(deny).slice(0, 200)}`)
}
