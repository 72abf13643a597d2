import { matchesGlob } from '../glob.js'
import { matchesResource } from '../match-arn.js'
import type { Statement } from '../statement.js'
import type { Caller } from './caller.js'
import type { Context } from './context.js'
import { holds, inWords } from './holds.js'
import { fillIn, literal } from './pattern.js'
import { type NamedAs, namedAs, type Principals } from './principals.js'

/** A request, made ready to be held against statements. */
export interface Asked {
  readonly action: string
  readonly resource: string
  readonly caller: Caller
  readonly context: Context
  /** A permissions boundary is attached to the caller. */
  readonly hasBoundary: boolean
}

/** Whether a statement speaks of a request, and if not, what it is that does not fit. */
export interface Match {
  readonly statement: Statement
  readonly applies: boolean
  /** '' when it applies. The last thing that is looked at is the condition. */
  readonly failed: '' | 'principal' | 'action' | 'resource' | 'condition'
  /** For people: the condition that failed. */
  readonly detail: string
  /** How a resource policy names the caller. */
  readonly namedAs: NamedAs | undefined
}

/** Holds one statement against one request. */
export function matchStatement(statement: Statement, asked: Asked): Match {
  const { principals, tests, variables } = statement.written
  const how = principals === undefined ? undefined : howNamed(principals, statement.effect, asked)
  const failing = (failed: Match['failed'], detail = ''): Match => ({
    ...{ statement, applies: false, failed, detail, namedAs: how },
  })
  if (principals !== undefined && how === undefined) return failing('principal')
  if (!namesAction(statement, asked.action)) return failing('action')
  if (!namesResource(statement, asked)) return failing('resource')
  const broken = tests.find((test) => !holds(test, asked.context, variables))
  if (broken !== undefined) return failing('condition', inWords(broken, asked.context))
  return { statement, applies: true, failed: '', detail: '', namedAs: how }
}

/** AWS: a Deny with NotPrincipal spares nobody who has a permissions boundary. */
const howNamed = (principals: Principals, effect: Statement['effect'], { caller, hasBoundary }: Asked): NamedAs | undefined =>
  effect === 'Deny' && principals.except && hasBoundary ? 'anybody' : namedAs(principals, caller)

/** Actions are compared without regard to case. */
function namesAction({ actions: { except, patterns } }: Statement, action: string): boolean {
  const name = action.toLowerCase()
  return patterns.some((pattern) => matchesGlob(pattern.toLowerCase(), name)) !== except
}

/** Resources are compared by the letter. A variable without a value names no resource, and NotResource spares none by it. */
function namesResource({ resources: { except }, written }: Statement, { resource, context }: Asked): boolean {
  const named = written.resources.some((pattern) => {
    const filled = fillIn(pattern, context, written.variables)
    return filled !== undefined && matchesResource(filled.glob, literal(resource))
  })
  return named !== except
}
