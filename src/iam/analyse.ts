import type { ExcessPermission, NamedPolicy, PermissionAnswer, PermissionClass, PermissionQuestion } from '../model/index.js'
import { appliesTo } from './applies.js'
import { type Boundary, boundaryOf } from './boundary.js'
import { actionsOfOperation } from './call-sites.js'
import type { Use } from './exercised.js'
import { type Grant, grantsOf } from './grants.js'
import { judgeGrant, type Seen, seenOf } from './judge-grant.js'
import { gathered, isOfAws } from './managed-rows.js'
import { inAnyRegion } from './match-arn.js'
import { nearestAction } from './nearest.js'
import { isFree } from './platform.js'
import { type ParsedPolicies, parsePolicies } from './policy.js'
import { riskOf, riskRank, waysOf } from './risk/risk.js'
import { actionsOf, expandAction, findAction, snapshotOrigin } from './snapshot.js'
import { decide, type Names, type Statement } from './statement.js'
import { listUses, underCondition } from './wording.js'

export type Row = Omit<ExcessPermission, 'target' | 'role'>

// Those who read from the top see first what breaks or endangers the function.
const ORDER: readonly PermissionClass[] = [
  'MISSING',
  'EXERCISED-BY-ATTACK',
  'REMOVABLE',
  'EXERCISED-NARROWER',
  'UNREACHED',
  'REACHED-NOT-CALLED',
  'MAY-NEED',
  'UNKNOWN',
]

/**
 * Granted against exercised: where a role's policies are broader than what honest input made the function do, and where they fall
 * short. `namesInCode`: the words of the function's own source (`namesInSource`), when it could be read; without it nothing is called removable.
 * Throws ConfigError for a policy that is none.
 */
export function analysePermissions(question: PermissionQuestion, namesInCode?: ReadonlySet<string>): PermissionAnswer {
  const { target, role, policies, managed = [] } = question
  const parsed = parsePolicies([...policies, ...managed])
  const boundary = boundaryOf(question.boundary)
  const seen = seenOf(question, namesInCode, parsed.statements)
  const { uses } = seen
  const rows = [
    ...problemRows(parsed, managed),
    ...actionRows(
      parsed.statements.filter(({ label }) => !isOfAws(managed, label)),
      seen.platform,
    ),
    ...gathered(grantRows(grantsOf(parsed.statements, boundary), seen), managed),
    ...useRows(parsed, uses, boundary),
  ]
  return inOrder(rows.map((row) => ({ target, role, ...row })))
}

function grantRows(grants: readonly Grant[], seen: Seen): Row[] {
  const ways = waysOf(grants)
  return grants.flatMap((grant) => {
    const judgement = judgeGrant(grant, seen)
    if (judgement === undefined) return []
    const { action, resource, statement } = grant
    const { unused = [], ...judged } = judgement
    const { risks, words } = riskOf(unused, grant, ways)
    const row = { action, resource, statement: statement.label, ...judged, why: judged.why + underCondition(statement) + words }
    return [risks.length === 0 ? row : { ...row, risks }]
  })
}

function problemRows({ problems: all }: ParsedPolicies, managed: readonly NamedPolicy[]): Row[] {
  const problems = all.filter(({ policy }) => !managed.some(({ name }) => name === policy))
  return problems.map(({ policy, place, why }) => ({
    action: place,
    resource: policy,
    class: 'UNKNOWN',
    statement: policy,
    why: `${why}.`,
    evidence: [],
  }))
}

/** Patterns that name no action, and actions that cannot act on any resource of their statement. */
function actionRows(statements: readonly Statement[], platform: ReadonlySet<string>): Row[] {
  return statements.flatMap(({ label, actions, resources }) =>
    [...new Set(actions.patterns)].flatMap((action) => {
      if (isSuperfluous(action, actions)) return []
      const why =
        whyNothing(action) ?? (actions.except || resources.except ? undefined : whyNoEffect(action, resources.patterns, platform))
      if (why === undefined) return []
      const resource = resources.patterns.join(', ')
      return [{ action, resource, class: 'UNKNOWN' as const, statement: label, why, evidence: [] }]
    }),
  )
}

/** An operation whose actions stand beside it, as in SAM's policy templates: nothing is to be done. */
function isSuperfluous(pattern: string, { except, patterns }: Names): boolean {
  if (except || expandAction(pattern).length > 0) return false
  const operations = actionsOfOperation(pattern)
  return operations.length > 0 && operations.every((name) => patterns.includes(name))
}

function whyNothing(pattern: string): string | undefined {
  if (expandAction(pattern).length > 0) return undefined
  const operations = actionsOfOperation(pattern)
  if (operations.length > 0) return `Not an IAM action but an API operation: it needs ${operations.join(', ')}.`
  const near = nearestAction(pattern)
  const meant = near === undefined ? '' : ` Did you mean ${near}?`
  if (!pattern.includes(':')) return 'Not an IAM action: it lacks a service prefix, such as dynamodb:PutItem.'
  if (pattern.includes('*') && actionsOf(pattern.split(':')[0]!).size > 0) return 'Matches no IAM action.'
  return `No IAM action of this name is known (as of ${snapshotOrigin().date}).${meant}`
}

function whyNoEffect(pattern: string, resources: readonly string[], platform: ReadonlySet<string>): string | undefined {
  const actions = expandAction(pattern)
  if (actions.some(({ name }) => platform.has(name))) return undefined
  if (actions.some((action) => resources.some((resource) => appliesTo(action, resource)))) return undefined
  const formats = [...new Set(actions.flatMap((action) => action.resources))]
  const on = formats.length === 0 ? "'*' only" : formats.slice(0, 3).join(', ')
  return `Has no effect on this resource: the action works on ${on}.`
}

/** Rows that start from what was called: missing permissions, calls of attacks only, calls we know no action of. */
function useRows({ statements, problems }: ParsedPolicies, uses: readonly Use[], boundary: Boundary | undefined): Row[] {
  const honest = uses.filter(({ origin, certainty }) => origin === 'honest' && certainty !== 'may')
  const needed = new Set(uses.filter(({ origin }) => origin !== 'attack').map(({ action }) => action))
  const unreadable = problems.some(({ lost }) => lost)
  // Access Advisor says of most services only that they were used.
  const unmapped = uses.filter(
    (use) => use.origin !== 'attack' && findAction(use.action) === undefined && !use.action.endsWith(':*'),
  )
  const attacks = uses.filter((use) => use.origin === 'attack' && use.certainty !== 'may' && !needed.has(use.action))
  return [
    ...distinctActions(unmapped).map((group) => ({
      ...about(group),
      class: 'UNKNOWN' as const,
      statement: '',
      why: 'A call of which no IAM action is known.',
    })),
    ...honest.flatMap((use) => missingRow(use, statements, unreadable, boundary)),
    ...distinctActions(attacks).flatMap((group) => attackRow(group, statements)),
  ]
}

function missingRow(use: Use, statements: readonly Statement[], unreadable: boolean, boundary: Boundary | undefined): Row[] {
  if (use.fromEvent || isFree(use.action) || findAction(use.action) === undefined) return []
  const decision = decide(isUntold(use) ? statements.map(onAnyResource) : statements, use.action, use.arn)
  const { action, resource } = use
  const isLimited = boundary !== undefined && !isUntold(use) && !boundary.allows(action, use.arn)
  if (decision.kind === 'Allowed' && !isLimited) return []
  const reason =
    decision.kind === 'Allowed'
      ? `The function calls this on honest input, and its permissions boundary ${boundary?.name} does not allow it.`
      : decision.kind === 'ExplicitlyDenied'
        ? `The function calls this on honest input, and ${decision.by} denies it.`
        : `The function calls this on honest input, and no statement allows it${regionHint(use, statements)}.`
  const why = unreadable ? `${reason} A part of the policies could not be read, which may allow it.` : reason
  return [{ action, resource, class: unreadable ? 'UNKNOWN' : 'MISSING', statement: '', why, evidence: listUses([use]) }]
}

const isUntold = ({ action, arn }: Use): boolean => arn === '*' && (findAction(action)?.resources.length ?? 0) > 0

/** Which resource the call was on cannot be told: an Allow on some may be meant. */
const onAnyResource = (statement: Statement): Statement =>
  statement.effect === 'Deny' ? statement : { ...statement, resources: { except: false, patterns: ['*'] } }

/** A local run has its own idea of the region. */
function regionHint({ action, arn }: Use, statements: readonly Statement[]): string {
  const anywhere = statements.map((statement) => {
    const { except, patterns } = statement.resources
    return except ? statement : { ...statement, resources: { except, patterns: patterns.map(inAnyRegion) } }
  })
  return decide(anywhere, action, arn).kind === 'Allowed' ? ' in this region; in another one it is allowed: check AWS_REGION' : ''
}

function attackRow(group: readonly Use[], statements: readonly Statement[]): Row[] {
  const allowed = group.flatMap((use) => {
    const decision = decide(statements, use.action, use.arn)
    return decision.kind === 'Allowed' ? [{ use, by: decision.by }] : []
  })
  if (allowed.length === 0) return []
  const why = 'Only hostile input made the function call this, and the role allowed it: it is not needed.'
  return [{ ...about(allowed.map(({ use }) => use)), class: 'EXERCISED-BY-ATTACK', statement: allowed[0]!.by, why }]
}

const about = (group: readonly Use[]): Pick<Row, 'action' | 'resource' | 'evidence'> => ({
  action: group[0]!.action,
  resource: group.length === 1 ? group[0]!.resource : '*',
  evidence: listUses(group),
})

function distinctActions(uses: readonly Use[]): (readonly Use[])[] {
  const groups = new Map<string, Use[]>()
  for (const use of uses) groups.set(use.action, [...(groups.get(use.action) ?? []), use])
  return [...groups.values()]
}

/** What each row is sorted by is made once: roles have hundreds of rows. */
const inOrder = (rows: readonly ExcessPermission[]): ExcessPermission[] =>
  rows
    .map((row) => ({ row, rank: rankOf(row), key: keyOf(row) }))
    .sort((a, b) => a.rank - b.rank || compare(a.key, b.key))
    .map(({ row }) => row)

/** Dangerous and unused stands first; what only may be danger stands where its class does. */
function rankOf(row: ExcessPermission): number {
  const [risk, kind] = [riskRank(row.risks), ORDER.indexOf(row.class)]
  return isDangerous(row) ? (risk - MOST_RANKS) * MOST_RANKS + kind : kind * MOST_RANKS + risk
}

const MOST_RANKS = 100

const DANGERS: ReadonlySet<string> = new Set(['escalation', 'credentials-exposure', 'public-resource', 'escalation-with-target'])
const isDangerous = ({ risks = [], class: kind }: ExcessPermission): boolean =>
  kind !== 'UNKNOWN' && kind !== 'MAY-NEED' && risks.some((risk) => DANGERS.has(risk))

const keyOf = ({ action, resource, why, statement }: ExcessPermission): string => [action, resource, why, statement].join('\n')
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
