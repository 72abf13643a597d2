import { writingsOf } from './call-sites.js'
import type { Seen } from './judge-grant.js'
import type { IamAction } from './snapshot.js'

const MOST_PLACES = 3

/** Where the code writes calls that may need the actions. */
export interface SitesOfActions {
  /** For people: `GetItem in orders.js:12`; '' when no place is known. */
  readonly places: string
  /** True when each of these calls was made on honest input: what else it may need was not needed. */
  readonly allRan: boolean
}

/** The calls that the code names and that may need the actions, and whether they ran. */
export function sitesOfActions(actions: readonly IamAction[], { code, uses, names }: Seen): SitesOfActions {
  const sites = code?.sites ?? []
  const writings = actions.flatMap(({ name }) => writingsOf(name, names!))
  const found = sites.filter(({ operation }) => writings.some((one) => one.written === operation))
  const ran = new Set(uses.filter(({ origin }) => origin === 'honest').map(({ operation }) => operation))
  const allRan =
    found.length > 0 &&
    found.every((site) => writings.some(({ written, operation }) => written === site.operation && ran.has(operation)))
  const distinct = [...new Set(found.map(({ operation, file, line }) => `${operation} in ${file}:${line}`))]
  const more = distinct.length > MOST_PLACES ? ', ...' : ''
  return { places: distinct.slice(0, MOST_PLACES).join(', ') + more, allRan }
}
