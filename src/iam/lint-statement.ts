import type { Json, JsonObject } from '../model/index.js'
import type { ConditionTest, TellProblem } from './evaluate/condition-test.js'
import { hasWildcard } from './glob.js'

// More wildcards than anybody means; they cost IAM, and whoever reads them with a regular expression, dearly.
const MOST_WILDCARDS = 16

/** What IAM accepts, or refuses to store, of a readable statement, and what hardly anybody means. Tells of it; changes nothing. */
export function lintStatement(found: JsonObject, tests: readonly ConditionTest[], sids: Set<string>, tell: TellProblem): void {
  lintSid(found.Sid, sids, found.Principal === undefined && found.NotPrincipal === undefined, tell)
  for (const key of ['Action', 'NotAction', 'Resource', 'NotResource'] as const) lintTexts(key, found[key], tell)
  if (found.Effect === 'Allow') lintAllValues(tests, tell)
  if (found.Effect === 'Allow' && found.NotPrincipal !== undefined)
    tell('NotPrincipal', 'An Allow with NotPrincipal lets in everybody else in the world, without signing in', false)
}

function lintSid(sid: Json | undefined, seen: Set<string>, isIdentity: boolean, tell: TellProblem): void {
  if (sid === undefined || sid === '') return
  if (typeof sid !== 'string') {
    tell('Sid', 'Sid must be a string', false)
    return
  }
  if (isIdentity && !/^[A-Za-z0-9]*$/.test(sid))
    tell('Sid', 'IAM takes only letters and digits in the Sid of a role policy', false)
  if (seen.has(sid)) tell('Sid', `An earlier statement has this Sid too: in a role's policy each must be its own`, false)
  seen.add(sid)
}

function lintTexts(key: string, value: Json | undefined, tell: TellProblem): void {
  const list = Array.isArray(value) ? (value as readonly Json[]) : undefined
  for (const [i, text] of (list ?? [value]).entries()) {
    const why = typeof text === 'string' ? oddText(text, key.includes('Resource')) : undefined
    if (why !== undefined) tell(list === undefined ? key : `${key}[${i}]`, why, false)
  }
}

/** What hardly anybody means by a pattern; undefined when there is nothing to say. */
function oddText(text: string, isResource: boolean): string | undefined {
  const wildcards = hasWildcard(text) ? text.split(/[*?]/).length - 1 : 0
  if (wildcards > MOST_WILDCARDS) return `${wildcards} wildcards in one pattern: write what is meant`
  if (isResource) return /^(arn:|\*|\$\{)/.test(text) ? undefined : `A resource must be an ARN or *, not ${clip(text)}`
  if (wildcards === 0) return undefined
  const vendor = text.slice(0, Math.max(0, text.indexOf(':')))
  return vendor !== '*' && hasWildcard(vendor) ? 'IAM takes no wildcard in the service of an action, except * alone' : undefined
}

/** AWS warns of it: without the key at all the test passes. */
function lintAllValues(tests: readonly ConditionTest[], tell: TellProblem): void {
  for (const { set, key, written } of tests) {
    if (set !== 'ForAllValues') continue
    const asked = tests.some((other) => other.operator === 'Null' && other.key.toLowerCase() === key.toLowerCase())
    if (!asked)
      tell(`Condition.${written}.${key}`, 'It allows requests without this key too: add Null, or use it in a Deny', false)
  }
}

const clip = (text: string): string => `'${text.length > 60 ? `${text.slice(0, 60)}...` : text}'`
