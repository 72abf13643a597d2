import type { Caller } from './caller.js'

/** A value of the request context as a user writes it. */
export type ContextValue = string | number | boolean | readonly (string | number | boolean)[]

/** Keys of a request and their values. Keys are found in any case. */
export interface Context {
  /** Undefined when the request carries no such key, or an empty list. */
  get(key: string): readonly string[] | undefined
}

/** The context as given, and what follows from who calls and on what, unless it is given. */
export function contextOf(
  given: Readonly<Record<string, ContextValue>>,
  caller: Caller,
  resourceAccount: string | undefined,
): Context {
  const values = new Map<string, readonly string[]>(
    Object.entries({ ...derived(caller, resourceAccount) }).map(([key, value]) => [key.toLowerCase(), [value]]),
  )
  for (const [key, value] of Object.entries(given)) {
    const list = (Array.isArray(value) ? (value as readonly (string | number | boolean)[]) : [value]).map(String)
    values.set(key.toLowerCase(), list)
  }
  return {
    get: (key) => {
      const list = values.get(key.toLowerCase())
      return list === undefined || list.length === 0 ? undefined : list
    },
  }
}

function derived(caller: Caller, resourceAccount: string | undefined): Record<string, string> {
  const { kind, account, arn } = caller
  const isService = kind === 'service'
  return {
    ...(kind === 'anonymous' || isService ? {} : { 'aws:PrincipalArn': caller.role ?? arn }),
    ...(account === undefined ? {} : { 'aws:PrincipalAccount': account }),
    ...(kind === 'user' ? { 'aws:username': arn.slice(arn.lastIndexOf('/') + 1) } : {}),
    ...(Object.hasOwn(TYPES, kind) ? { 'aws:PrincipalType': TYPES[kind]! } : {}),
    'aws:PrincipalIsAWSService': String(isService),
    ...(isService ? { 'aws:PrincipalServiceName': arn } : {}),
    ...(resourceAccount === undefined ? {} : { 'aws:ResourceAccount': resourceAccount }),
  }
}

const TYPES: Readonly<Record<string, string>> = {
  ...{
    user: 'User',
    session: 'AssumedRole',
    role: 'AssumedRole',
    root: 'Account',
    federated: 'FederatedUser',
    anonymous: 'Anonymous',
  },
}
