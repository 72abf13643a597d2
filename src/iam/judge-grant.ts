import type { CodeSeen, PermissionClass, PermissionQuestion } from '../model/index.js'
import { setOf } from './action-set.js'
import { among } from './among.js'
import { appliesTo, isWithinOneResource } from './applies.js'
import { namedAmong } from './call-sites.js'
import { type Use, usesOf } from './exercised.js'
import { effectiveActions, type Grant } from './grants.js'
import { type Delivery, deliveries, platformActions } from './platform.js'
import { settled } from './settle.js'
import { sitesOfActions } from './sites-of-actions.js'
import { actionsOf, findAction, type IamAction } from './snapshot.js'
import type { Statement } from './statement.js'
import { count, listActions, listUses, resourcesOf } from './wording.js'

/** What was seen of the function, for judging a grant. */
export interface Seen {
  readonly uses: readonly Use[]
  readonly platform: ReadonlySet<string>
  /** What Lambda does on dead-letter queues and destinations. */
  readonly deliveries: readonly Delivery[]
  /** Words of the function's own source; undefined when nobody looked. */
  readonly names: ReadonlySet<string> | undefined
  /** Places in the source where calls are written, and what hides others. */
  readonly code: CodeSeen | undefined
  /** Calls were made whose action is not known: of these services, or of `*`. Nothing there may be called unused. */
  readonly blind: ReadonlySet<string>
}

/** What was seen under these policies, from the evidence and the words of the function's own source. */
export function seenOf(
  { evidence, sources, destinations = [], environment = false, code }: PermissionQuestion,
  names: ReadonlySet<string> | undefined,
  statements: readonly Statement[],
): Seen {
  const uses = [...settled(usesOf(evidence), statements), ...(environment ? [DECRYPTION] : [])]
  return { uses, platform: platformActions(sources), deliveries: deliveries(destinations), names, code, blind: blindSpots(uses) }
}

// Which key, the settings of the function say, and we do not read them.
const DECRYPTION: Use = {
  ...{ action: 'kms:Decrypt', arn: '*', resource: '*', origin: 'honest', certainty: 'may', fromEvent: false },
  operation: 'Decrypting the environment',
}

/** True for what Lambda itself does with the role on the grant's resource: it is never excess. */
export const isPlatforms = (action: string, grant: Grant, { platform, deliveries: own }: Seen): boolean =>
  platform.has(action) || isOfServerless(action, grant) || own.some((one) => one.action === action && grant.covers(one.arn))

/** What Lambda may do with the role, as far as the grant's resource is concerned. */
const platformsOf = (grant: Grant, { platform, deliveries: own }: Seen): readonly string[] => [
  ...platform,
  ...own.filter(({ arn }) => grant.covers(arn)).map(({ action }) => action),
]

/** The Serverless Framework writes it into the role of every function, for the log groups that it makes. */
const isOfServerless = (action: string, { exact, resource }: Grant): boolean =>
  action === 'logs:TagResource' && exact && resource.includes(':log-group:/aws/lambda/')

/** Services of which a call was seen that we cannot map; `*` when not even the service is known. */
function blindSpots(uses: readonly Use[]): ReadonlySet<string> {
  const unmapped = uses.filter(({ action, origin }) => origin !== 'attack' && findAction(action) === undefined)
  return new Set(unmapped.map(({ action }) => action.split(':')[0]!).map((prefix) => (actionsOf(prefix).size > 0 ? prefix : '*')))
}

/** What becomes of a grant; undefined when it is just what the function needs. */
export interface Judgement {
  /** Actions of it that were not used, and that neither the platform nor a condition may ask for. */
  readonly unused?: readonly IamAction[]
  readonly class: PermissionClass
  readonly why: string
  readonly evidence: readonly string[]
}

/** Uses of one grant, by what they prove. */
interface GrantUses {
  readonly honest: readonly Use[]
  /** Needed perhaps: under a condition we cannot see, or by we know not which input. */
  readonly perhaps: readonly Use[]
}

const NO_NAMES: ReadonlySet<string> = new Set()
const NO_USES: GrantUses = { honest: [], perhaps: [] }

const byProof = (uses: readonly Use[]): GrantUses => ({
  honest: uses.filter(({ origin, certainty }) => origin === 'honest' && certainty !== 'may'),
  perhaps: uses.filter(({ origin, certainty }) => origin !== 'honest' || certainty === 'may'),
})

/** The call named no resource that we could tell: it may be on any that the action works on. */
export function mayCover(grant: Grant, action: string, arn: string): boolean {
  if (arn !== '*' || grant.covers(arn)) return grant.covers(arn)
  const known = findAction(action)
  return (
    known !== undefined && known.resources.length > 0 && (grant.statement.resources.except || appliesTo(known, grant.resource))
  )
}

/** Judges one grant: is it exercised, wholly, only in part, or not at all? */
export function judgeGrant(grant: Grant, seen: Seen): Judgement | undefined {
  const here = usesOn(grant, seen)
  const actions = effectiveActions(grant, here.length === 0 ? NO_NAMES : new Set(here.map(({ action }) => action)))
  if (actions.length === 0) return undefined
  const uses = here.length === 0 ? NO_USES : byProof(here)
  return grant.exact ? judgeExact(grant, actions[0]!, uses, seen) : judgePattern(grant, actions, uses, seen)
}

const usesOn = (grant: Grant, { uses }: Seen): readonly Use[] =>
  uses.filter(({ action, arn, origin }) => {
    const known = origin === 'attack' ? undefined : findAction(action)
    return known !== undefined && setOf(grant.actions).has(known) && mayCover(grant, action, arn)
  })

const NEVER = 'Granted, never exercised.'

function judgeExact(grant: Grant, action: IamAction, { honest, perhaps }: GrantUses, seen: Seen): Judgement | undefined {
  if (isPlatforms(action.name, grant, seen)) return undefined
  if (honest.length > 0) return judgeResource(grant, [action], honest)
  if (perhaps.length > 0) return { class: 'MAY-NEED', why: whyPerhaps(perhaps), evidence: listUses(perhaps) }
  const others = seen.uses.filter((use) => use.action === action.name)
  if (others.length === 0) return unused([action], seen, NEVER)
  // The attack's own row says what is to be said.
  if (
    others.some(({ origin, arn }) => origin === 'attack' && grant.covers(arn)) &&
    others.every(({ origin }) => origin === 'attack')
  )
    return undefined
  const elsewhere = others.filter(({ origin, certainty }) => origin === 'honest' && certainty !== 'may')
  if (elsewhere.some(({ fromEvent }) => fromEvent))
    return {
      class: 'UNKNOWN',
      why: 'The event names the resource this is called on: which ones are needed cannot be told.',
      evidence: listUses(elsewhere),
    }
  if (elsewhere.length > 0)
    return {
      class: 'EXERCISED-NARROWER',
      why: `Never used on this resource, only on ${resourcesOf(elsewhere)}.`,
      evidence: listUses(elsewhere),
    }
  return unused([action], seen, NEVER)
}

/** The call reads a whole tree of parameters, which is what the pattern grants. */
export const isWholeTree = (action: string, used: string, granted: string): boolean =>
  action === 'ssm:GetParametersByPath' && granted === `${used.replace(/\/$/, '')}/*`

/** All that is granted is used; on as many resources as granted? */
function judgeResource(grant: Grant, actions: readonly IamAction[], honest: readonly Use[]): Judgement | undefined {
  const restrictable = actions.filter(({ resources }) => resources.length > 0)
  const { except } = grant.statement.resources
  if (restrictable.length === 0 || (!except && restrictable.some((action) => isWithinOneResource(action, grant.resource))))
    return undefined
  const learnt = honest.filter(({ fromEvent, resource }) => !fromEvent && resource !== '*')
  if (learnt.some(({ action, resource }) => isWholeTree(action, resource, grant.resource))) return undefined
  // The call named no resource that we know of, so none can be proposed.
  if (honest.some(({ fromEvent, resource }) => !fromEvent && resource === '*')) return undefined
  if (honest.some(({ fromEvent }) => fromEvent))
    return {
      class: 'UNKNOWN',
      why: 'The event names the resource this is called on: which ones are needed cannot be told.',
      evidence: listUses(honest),
    }
  return { class: 'EXERCISED-NARROWER', why: `Used only on ${resourcesOf(learnt)}.`, evidence: listUses(learnt) }
}

function judgePattern(
  grant: Grant,
  actions: readonly IamAction[],
  { honest, perhaps }: GrantUses,
  seen: Seen,
): Judgement | undefined {
  const exercised = among(
    actions,
    honest.map(({ action }) => action),
  )
  const platform = among(actions, platformsOf(grant, seen)).filter((action) => !exercised.includes(action))
  const maybe = among(
    actions,
    perhaps.map(({ action }) => action),
  ).filter((action) => !exercised.includes(action))
  const kept = new Set([...exercised, ...platform, ...maybe])
  const rest = kept.size === 0 ? actions : actions.filter((action) => !kept.has(action))
  if (rest.length === 0) return exercised.length > 0 ? judgeResource(grant, exercised, honest) : undefined
  const parts = [
    `${count(actions.length, 'action')} granted`,
    exercised.length > 0 ? `${exercised.length} exercised (${listActions(exercised, 12)})` : 'none exercised',
    ...(platform.length > 0 ? [`${platform.length} needed by the platform (${listActions(platform, 12)})`] : []),
    ...(maybe.length > 0 ? [`${maybe.length} perhaps needed (${listActions(maybe, 12)})`] : []),
  ]
  const why = `${parts.join(', ')}; ${neverUsed(rest, actions.length)}`
  const evidence = listUses([...honest, ...perhaps])
  if (exercised.length === 0 && platform.length === 0 && maybe.length === 0) return unused(rest, seen, why)
  const narrower = exercised.length > 0 && judgeResource(grant, exercised, honest)?.class === 'EXERCISED-NARROWER'
  const where = narrower ? ` Used only on ${resourcesOf(honest)}.` : ''
  return {
    unused: rest,
    class: maybe.length > 0 && exercised.length + platform.length === 0 ? 'MAY-NEED' : 'EXERCISED-NARROWER',
    why: `${why}${whereNamed(rest, seen)}${where}`,
    evidence,
  }
}

function neverUsed(rest: readonly IamAction[], all: number): string {
  if (rest.length === 1) return `${all === 1 ? 'it' : 'the other'} was never used: ${sentenceOf(rest)}`
  return `${rest.length === all ? 'they' : `the ${rest.length} others`} were never used${rest.length > 6 ? ', among them' : ':'} ${sentenceOf(rest)}`
}

const sentenceOf = (actions: readonly IamAction[]): string => `${listActions(actions)}.`.replace(/\.{4}$/, '...')

const whereNamed = (rest: readonly IamAction[], { names }: Seen): string => {
  const named = names === undefined ? [] : namedAmong(rest, names)
  return named.length === 0 ? '' : ` Calls that the code names may need ${named.length} of them: ${sentenceOf(named)}`
}

const unused = (actions: readonly IamAction[], seen: Seen, why: string): Judgement => ({
  unused: actions,
  ...neverCalled(actions, seen, why),
})

function neverCalled(actions: readonly IamAction[], seen: Seen, why: string): Judgement {
  const { blind } = seen
  if (blind.has('*') || (blind.size > 0 && actions.some(({ name }) => blind.has(name.split(':')[0]!))))
    return { class: 'UNKNOWN', why: `${why} Calls were seen whose action is not known, so it may be needed.`, evidence: [] }
  if (seen.names === undefined) return { class: 'UNKNOWN', why: `${why} ${whyUnread(seen)}`, evidence: [] }
  const named = whereNamed(actions, seen)
  if (named === '') return { class: 'REMOVABLE', why: `${why} The code names no such call.`, evidence: [] }
  const { places, allRan } = sitesOfActions(namedAmong(actions, seen.names), seen)
  const where = places === '' ? '' : ` (${places})`
  if (allRan)
    return {
      class: 'REACHED-NOT-CALLED',
      why: `${why} The code names a call that may need it${where}, which ran on honest input and did not.`,
      evidence: [],
    }
  const one = `${why} The code names a call that may need it${where}, which no honest input reached.`
  return { class: 'UNREACHED', why: actions.length === 1 ? one : `${why}${named}`, evidence: [] }
}

const whyUnread = ({ code }: Seen): string =>
  code?.hidden === undefined
    ? 'The code was not searched for a call, so it may be needed.'
    : `Calls may be made that the code does not show (${code.hidden}), so it may be needed.`

function whyPerhaps(uses: readonly Use[]): string {
  const may = uses.find(({ certainty }) => certainty === 'may')
  return may === undefined
    ? 'Called, but by which input cannot be told (start-up code, or after the answer).'
    : `${may.operation} needs it under a condition that the request does not show.`
}
