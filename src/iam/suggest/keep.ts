import { isWithinOneResource } from '../applies.js'
import { isNamed } from '../call-sites.js'
import type { Use } from '../exercised.js'
import { effectiveActions, type Grant } from '../grants.js'
import { isPlatforms, isWholeTree, mayCover, type Seen } from '../judge-grant.js'
import type { IamAction } from '../snapshot.js'
import { type Generalisation, isOne, learn } from './learn.js'

/** What is to stay of one grant: actions on resources; `null`: on what the statement names, as it is written. */
export interface Kept {
  readonly actions: readonly string[]
  readonly resources: readonly string[] | null
  readonly generalised: readonly Generalisation[]
}

/** What the function needs of a grant, or may need. Undefined: all of it, since we do not know better. */
export function keepOf(grant: Grant, seen: Seen): readonly Kept[] | undefined {
  const used = seen.uses.filter(({ origin }) => origin !== 'attack')
  const here = used.filter(({ action, arn }) => mayCover(grant, action, arn))
  const actions = effectiveActions(grant, new Set(here.map(({ action }) => action)))
  const blind = grant.actions.some(({ name }) => seen.blind.has('*') || seen.blind.has(name.split(':')[0]!))
  if (seen.names === undefined || blind) return undefined
  // Without effect on this resource, as far as AWS documents it: what the code names stays all the same.
  if (actions.length === 0)
    return grant.actions.length === 0 || grant.actions.some(({ name }) => isNamed(name, seen.names!)) ? undefined : []
  const byAction = new Map<string, Use[]>()
  for (const use of used) byAction.set(use.action, [...(byAction.get(use.action) ?? []), use])
  const kept = actions.flatMap((action) => keptAction(action, grant, byAction.get(action.name) ?? [], seen))
  // The pattern is as narrow as what would stand in its place.
  if (kept.length === actions.length && kept.every(({ resources }) => resources === null)) return undefined
  return kept
}

function keptAction(action: IamAction, grant: Grant, uses: readonly Use[], seen: Seen): Kept[] {
  const same: Kept = { actions: [action.name], resources: null, generalised: [] }
  if (isPlatforms(action.name, grant, seen)) return [same]
  const here = uses.filter(({ arn }) => mayCover(grant, action.name, arn))
  if (here.length === 0) {
    const elsewhere = uses.some(({ fromEvent }) => fromEvent)
    return elsewhere || isNamed(action.name, seen.names!) ? [same] : []
  }
  const sure = here.every(
    ({ origin, certainty, fromEvent, resource }) => origin === 'honest' && certainty !== 'may' && !fromEvent && resource !== '*',
  )
  const asWritten = grant.statement.resources.except || grant.resource.includes('${') || grant.written.includes('${')
  const isTree = here.some(({ resource }) => isWholeTree(action.name, resource, grant.resource))
  if (!sure || isTree || asWritten || isOne(grant.resource) || isWithinOneResource(action, grant.resource)) return [same]
  const learned = learn(
    grant.resource,
    here.map(({ resource }) => resource),
  )
  return learned === undefined ? [same] : [{ actions: [action.name], ...learned }]
}
