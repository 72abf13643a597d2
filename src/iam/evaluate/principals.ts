import { isJsonObject, type Json } from '../../model/index.js'
import type { Caller } from './caller.js'

/** Whom a statement of a resource policy speaks of. */
export interface Principals {
  /** NotPrincipal: everybody else. */
  readonly except: boolean
  readonly entries: readonly PrincipalEntry[]
}

export interface PrincipalEntry {
  readonly kind: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'
  readonly name: string
}

/**
 * How a statement names the caller: by its own ARN (a user, a session), by its role's, by its account (which leaves it to the
 * account's own policies), or as anybody.
 */
export type NamedAs = 'itself' | 'role' | 'account' | 'anybody'

const KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const

/** Reads Principal or NotPrincipal; undefined when it is none. */
export function readPrincipals(value: Json, except: boolean): Principals | undefined {
  if (value === '*') return { except, entries: [{ kind: 'AWS', name: '*' }] }
  if (!isJsonObject(value)) return undefined
  const entries = KINDS.flatMap((kind) => {
    const names = value[kind]
    const list: readonly Json[] = names === undefined ? [] : Array.isArray(names) ? (names as readonly Json[]) : [names]
    return list.filter((name) => typeof name === 'string').map((name) => ({ kind, name }))
  })
  return entries.length === 0 ? undefined : { except, entries }
}

/** How the statement names the caller; undefined when it does not. */
export function namedAs({ except, entries }: Principals, caller: Caller): NamedAs | undefined {
  const found = entries.map((entry) => matchOf(entry, caller)).filter((one) => one !== undefined)
  if (!except) return (['itself', 'role', 'anybody', 'account'] as const).find((one) => found.includes(one))
  // NotPrincipal spares whom it names to the letter: naming the account or the role spares none of its users or sessions.
  const spared = found.some(
    (one) => one === 'itself' || one === 'anybody' || caller.kind === (one === 'account' ? 'root' : 'role'),
  )
  return spared ? undefined : 'anybody'
}

function matchOf({ kind, name }: PrincipalEntry, caller: Caller): NamedAs | undefined {
  if (kind === 'AWS' && name === '*') return 'anybody'
  if (kind === 'Service') return caller.kind === 'service' && (name === caller.arn || name === '*') ? 'itself' : undefined
  // A star in the middle of a principal is no wildcard: names are compared by the letter.
  if (name === caller.arn) return caller.kind === 'role' ? 'role' : 'itself'
  if (kind !== 'AWS') return undefined
  if (caller.role !== undefined && isRole(name, caller.role, caller.isPathKnown)) return 'role'
  return caller.account !== undefined && accountOf(name) === caller.account ? 'account' : undefined
}

const isRole = (name: string, role: string, isPathKnown: boolean): boolean =>
  name === role || (!isPathKnown && /:role\//.test(name) && withoutPath(name) === withoutPath(role))

const withoutPath = (arn: string): string => arn.replace(/:role\/.*\//, ':role/')

/** The account that is meant as a whole. */
const accountOf = (name: string): string | undefined =>
  /^\d{12}$/.test(name) ? name : /^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1]
