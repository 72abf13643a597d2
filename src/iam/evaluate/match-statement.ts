import { matchesGlob } from '../glob.js'
import { completed, matchesArnExactly } from '../match-arn.js'
import type { Statement } from '../statement.js'
import type { Caller } from './caller.js'
import type { Context } from './context.js'
import { holds, inWords } from './holds.js'
import { fillIn, literal } from './pattern.js'
import { type NamedAs, namedAs } from './principals.js'

/** A request, made ready to be held against statements. */
export interface Asked {
  readonly action: string
  readonly resource: string
  readonly caller: Caller
  readonly context: Context
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
  const how = principals === undefined ? undefined : namedAs(principals, asked.caller)
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

/** Actions are compared without regard to case. */
function namesAction({ actions: { except, patterns } }: Statement, action: string): boolean {
  const name = action.toLowerCase()
  return patterns.some((pattern) => matchesGlob(pattern.toLowerCase(), name)) !== except
}

/** Resources are compared by the letter. A variable without a value names no resource, and NotResource spares none by it. */
function namesResource({ resources: { except }, written }: Statement, { resource, context }: Asked): boolean {
  const named = written.resources.some((pattern) => {
    const filled = fillIn(pattern, context, written.variables)
    return filled !== undefined && matchesArnExactly(completed(filled.glob), literal(resource))
  })
  return named !== except
}
