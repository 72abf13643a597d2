import { ActionSet } from './action-set.js'
import type { ConditionTest } from './evaluate/condition-test.js'
import type { Principals } from './evaluate/principals.js'
import { matchesGlob } from './glob.js'
import { matchesArn } from './match-arn.js'
import { allActions, expandAction, type IamAction } from './snapshot.js'

/** What a statement names, or, with `except`, everything else. */
export interface Names {
  readonly except: boolean
  readonly patterns: readonly string[]
}

/** A readable statement of a policy. */
export interface Statement {
  /** For people: `orders.json#0 (ReadOrders)`. */
  readonly label: string
  readonly effect: 'Allow' | 'Deny'
  readonly actions: Names
  readonly resources: Names
  /** Condition keys, policy variables included; empty: it always holds. */
  readonly conditions: readonly string[]
  readonly written: Written
}

/** What deciding one request asks of a statement besides. */
export interface Written {
  /** Resource or NotResource with their policy variables. */
  readonly resources: readonly string[]
  /** Policy variables are filled in: not in a policy of 2008. */
  readonly variables: boolean
  readonly tests: readonly ConditionTest[]
  /** Undefined in a policy of an identity. */
  readonly principals: Principals | undefined
}

/** IAM's own words for what becomes of a request; `conditional`: an Allow that holds only under a condition. */
export interface Decision {
  readonly kind: 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied'
  readonly conditional: boolean
  /** The statement that decided, '' when none did. */
  readonly by: string
}

/** What the statements say to one action on one ARN. A conditional Deny may not hold, so it denies nothing here. */
export function decide(statements: readonly Statement[], action: string, arn: string): Decision {
  const about = statements.filter((statement) => namesAction(statement, action) && namesResource(statement, arn))
  const deny = about.find(({ effect, conditions }) => effect === 'Deny' && conditions.length === 0)
  if (deny !== undefined) return { kind: 'ExplicitlyDenied', conditional: false, by: deny.label }
  const allows = about.filter(({ effect }) => effect === 'Allow')
  const allow = allows.find(({ conditions }) => conditions.length === 0) ?? allows[0]
  if (allow === undefined) return { kind: 'ImplicitlyDenied', conditional: false, by: '' }
  return { kind: 'Allowed', conditional: allow.conditions.length > 0, by: allow.label }
}

/** Actions are compared without regard to case. */
export function namesAction({ actions: { except, patterns } }: Statement, action: string): boolean {
  const name = action.toLowerCase()
  return patterns.some((pattern) => matchesGlob(pattern.toLowerCase(), name)) !== except
}

/** Resources are compared by the letter. */
const namesResource = ({ resources: { except, patterns } }: Statement, arn: string): boolean =>
  patterns.some((pattern) => matchesArn(pattern, arn)) !== except

/** Every action a NotAction leaves. */
export function allActionsBut(patterns: readonly string[]): readonly IamAction[] {
  const excepted = new ActionSet(...patterns.map((pattern) => expandAction(pattern)))
  return allActions().filter((action) => !excepted.has(action))
}
