import type { Authoriser, AuthoriserModule, NamedPolicy } from '../model/index.js'
import { appliesTo } from './applies.js'
import { inAnyPlace } from './match-arn.js'
import { isFree } from './platform.js'
import { parsePolicies } from './policy.js'
import { findAction } from './snapshot.js'
import { decide, type Statement } from './statement.js'

/**
 * Judges calls by a role's policies, and refuses only what is sure: a condition may hold, so it allows and never denies, and an action
 * that IAM does not know passes. Region and account of a policy are those that the function will live in, not those of a local run:
 * they match any.
 */
export function authoriser(policies: readonly NamedPolicy[]): Authoriser {
  const statements = parsePolicies(policies).statements.map(anywhere)
  const onAnything = statements.map(onAnyResource)
  return ({ action, resource }) => {
    const known = findAction(action)
    if (known === undefined || isFree(known.name)) return undefined
    // The action works on resources, and which one the call was made on cannot be told: none is named, or an alias of it.
    const isUnsure = known.resources.length > 0 && (resource === '*' || !appliesTo(known, resource))
    const { kind } = decide(isUnsure ? onAnything : statements, known.name, resource)
    return kind === 'Allowed' ? undefined : { action: known.name, resource, explicit: kind === 'ExplicitlyDenied' }
  }
}

authoriser satisfies AuthoriserModule['authoriser']

function anywhere(statement: Statement): Statement {
  const { except, patterns } = statement.resources
  return { ...statement, resources: { except, patterns: patterns.map(inAnyPlace) } }
}

/** An Allow on some resource, taken for one on all; a Deny stays what it is. */
const onAnyResource = (statement: Statement): Statement =>
  statement.effect === 'Deny' ? statement : { ...statement, resources: { except: false, patterns: ['*'] } }
