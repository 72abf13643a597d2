import type { Risk } from '../../model/index.js'
import { ActionSet } from '../action-set.js'
import type { Grant } from '../grants.js'
import { findAction, type IamAction } from '../snapshot.js'
import { type Escalation, escalations } from './escalation.js'
import { CREDENTIALS, DATA, SHARING } from './lists.js'

/** Why a grant that nobody uses is dangerous: worst first, and in words. */
export interface RiskOf {
  readonly risks: readonly Risk[]
  readonly words: string
}

// A role's control over what AWS runs, as far as it could be restricted to one resource and is not.
const CHANGES = /:(Create|Delete|Terminate|Modify|Update|Stop|Start|Reboot|Put|Attach|Detach|Disable|Deregister|Remove)/
const RANK: readonly Risk[] = [
  ...(['escalation', 'credentials-exposure', 'public-resource', 'escalation-with-target', 'trust-policy'] as const),
  ...(['data-exposure', 'infrastructure-change'] as const),
]

export const riskRank = (risks: readonly Risk[] | undefined): number =>
  risks === undefined || risks.length === 0 ? RANK.length : Math.min(...risks.map((risk) => RANK.indexOf(risk)))

/** Judges unused actions of a grant; `open`: ways to more rights that all of the role's grants open together. */
export function riskOf(unused: readonly IamAction[], grant: Grant, open: readonly Escalation[]): RiskOf {
  const ways = waysAmong(unused, open)
  const found = new Set<Risk>()
  for (const { kind } of ways) found.add(kind === 'selfContained' ? 'escalation' : 'escalation-with-target')
  const any = isAny(grant)
  const { credentials, sharing, stored } = dangerous()
  if (credentials.hasAny(unused)) found.add('credentials-exposure')
  if (sharing.hasAny(unused)) found.add('public-resource')
  if (any && stored.hasAny(unused)) found.add('data-exposure')
  if (any && unused.some(isChange)) found.add('infrastructure-change')
  return { risks: RANK.filter((risk) => found.has(risk)), words: inWords(ways) }
}

function waysAmong(unused: readonly IamAction[], open: readonly Escalation[]): readonly Escalation[] {
  if (open.length === 0 || unused.length === 0) return []
  const set = new ActionSet(unused)
  return open.filter(({ actions }) => set.hasAny(actions))
}

interface Dangerous {
  readonly credentials: ActionSet
  readonly sharing: ActionSet
  readonly stored: ActionSet
}

let lists: Dangerous | undefined

function dangerous(): Dangerous {
  const setOfNames = (names: ReadonlySet<string>): ActionSet =>
    new ActionSet([...names].flatMap((name) => findAction(name) ?? []))
  lists ??= { credentials: setOfNames(CREDENTIALS), sharing: setOfNames(SHARING), stored: setOfNames(DATA) }
  return lists
}

const isAny = ({ resource }: Grant): boolean =>
  resource === '*' || /^arn:[^:]*:[^:]*:[^:]*:[^:]*:\*$/.test(resource) || resource.startsWith('NotResource')
const isChange = ({ name, level, resources }: IamAction): boolean =>
  (level === 'W' || level === 'P') &&
  resources.length > 0 &&
  CHANGES.test(name) &&
  !/:(PutItem|PutObject|UpdateItem|DeleteItem|DeleteObject|DeleteMessage|PutRecords?|PutEvents|PutMetricData|PutLogEvents|StartExecution)$/.test(
    name,
  )

function inWords(ways: readonly Escalation[]): string {
  const [first] = ways
  if (first === undefined) return ''
  const more = ways.length > 1 ? `, and by ${ways.length - 1} other way${ways.length === 2 ? '' : 's'}` : ''
  const needs = first.kind === 'selfContained' ? '' : ' where something with more rights exists'
  return ` Opens a way to more rights${needs}: ${first.actions.map(({ name }) => name).join(' with ')}${more}.`
}

/** Ways to more rights that grants open together. */
export function waysOf(grants: readonly Grant[]): readonly Escalation[] {
  return escalations(new ActionSet(...grants.map(({ actions }) => actions)))
}
