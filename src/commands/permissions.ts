import path from 'node:path'
import {
  analysePermissions,
  isForPlatform,
  managedPolicy,
  ownCode,
  provePolicies,
  type SuggestedPolicy,
  suggestPolicies,
} from '../iam/index.js'
import type { CodeSeen, Evidence, ExcessPermission, NamedPolicy, PermissionQuestion, Role, Target } from '../model/index.js'

/** A function that has a role. */
export interface User {
  readonly id: string
  readonly role: Role | null
}

/** A tested function with a role, and all that judging the role needs: plain JSON, so that runs on several machines can be merged. */
export interface RoleUser {
  readonly id: string
  readonly role: Role
  readonly sources: Target['sources']
  readonly destinations: readonly string[]
  readonly environment: boolean
  /** Words of its code; null: not all of it was read. */
  readonly names: readonly string[] | null
  /** Where calls are written in it. */
  readonly sites?: CodeSeen['sites']
  /** Why calls may be made that the code does not show. */
  readonly hidden?: string
}

/** A role, and all that is known of those who use it. */
interface Shared {
  readonly role: Role
  readonly question: PermissionQuestion
  /** Words of the code of all its functions; undefined: not all of it was read. */
  readonly names: ReadonlySet<string> | undefined
  /** Attached policies whose text nobody has. */
  readonly unread: readonly string[]
}

/**
 * What each role grants beyond what honest events made its functions do; nothing for roles without policies. A role that functions
 * share is judged by all of them: `others` are functions that were not tested, but may use one of the roles.
 */
export const permissionsOf = (
  targets: readonly Target[],
  evidence: readonly Evidence[],
  others: readonly User[] = [],
): ExcessPermission[] => permissionsOfUsers(roleUsers(targets), evidence, others)

export const permissionsOfUsers = (
  users: readonly RoleUser[],
  evidence: readonly Evidence[],
  others: readonly User[] = [],
): ExcessPermission[] =>
  rolesOf(users, evidence, others).flatMap(({ role, question, names, unread }) => [
    // A policy that we cannot read may grant what seems to be missing.
    ...analysePermissions(question, names)
      .filter((row) => unread.length === 0 || row.class !== 'MISSING')
      .map((row) => placed(row, role)),
    ...unread.map((name) => unknownPolicy(question.target, role.name, name)),
  ])

/** With the line of its policy, as the user would write the file. */
function placed(row: ExcessPermission, { policies }: Role): ExcessPermission {
  const from = row.statement.slice(0, Math.max(0, row.statement.lastIndexOf('#'))) || row.statement
  const at = (policies.find(({ name }) => name === from) ?? (row.class === 'MISSING' ? policies[0] : undefined))?.at
  if (at === undefined || at === null) return row
  const below = path.relative(process.cwd(), at.file)
  return { ...row, at: { file: below.startsWith('..') || path.isAbsolute(below) ? at.file : below, line: at.line } }
}

/** Policies that are enough for what was done and nowhere broader, with their proof. None where the proof fails. */
export const suggestionsFor = (
  targets: readonly Target[],
  evidence: readonly Evidence[],
  others: readonly User[] = [],
): SuggestedPolicy[] => suggestionsForUsers(roleUsers(targets), evidence, others)

export const suggestionsForUsers = (
  users: readonly RoleUser[],
  evidence: readonly Evidence[],
  others: readonly User[] = [],
): SuggestedPolicy[] => rolesOf(users, evidence, others).flatMap(({ question, names }) => suggestPolicies(question, names))

/** What would be lost, or granted besides, were these the policies of a role; empty: nothing. */
export const failuresFor = (
  role: string,
  after: readonly NamedPolicy[],
  { targets, evidence, others }: { targets: readonly Target[]; evidence: readonly Evidence[]; others: readonly User[] },
): readonly string[] =>
  rolesOf(roleUsers(targets), evidence, others)
    .filter((shared) => shared.role.name === role)
    .flatMap(({ question }) => provePolicies(question, after).failures)

export const roleUsers = (targets: readonly Target[]): RoleUser[] =>
  targets.flatMap(({ id, file, root, layers, role, sources, destinations = [], environment }) => {
    if (role === null || role.policies.length + (role.managed ?? []).length === 0) return []
    const { names, sites, hidden } = ownCode(file, root, layers)
    const known = hidden === undefined ? { names: [...names] } : { names: null, hidden }
    return [{ id, role, sources, destinations, environment: Object.keys(environment).length > 0, sites, ...known }]
  })

function rolesOf(users: readonly RoleUser[], evidence: readonly Evidence[], others: readonly User[]): Shared[] {
  const byRole = new Map<string, RoleUser[]>()
  for (const user of users) byRole.set(keyOf(user.role), [...(byRole.get(keyOf(user.role)) ?? []), user])
  return [...byRole].flatMap(([key, group]) => {
    const untested = others.filter(({ id, role }) => role !== null && !users.some((one) => one.id === id) && keyOf(role) === key)
    return sharedRole(group, evidence, untested.length > 0)
  })
}

/** Two roles are one when they grant the same under one name. */
const keyOf = ({ name, policies, managed = [], boundary }: Role): string =>
  JSON.stringify([name, policies.map((policy) => [policy.name, policy.document]), managed, boundary?.document])

function sharedRole(users: readonly RoleUser[], evidence: readonly Evidence[], isUntestedToo: boolean): Shared[] {
  const role = users[0]!.role
  const attached = role.managed ?? []
  const unread = attached.filter((name) => managedPolicy(name) === undefined)
  const managed = attached
    .filter((name) => !isForPlatform(name))
    .flatMap((name): NamedPolicy[] => {
      const policy = managedPolicy(name)
      return policy === undefined ? [] : [policy]
    })
  if (role.policies.length + managed.length + unread.length === 0) return []
  const ids = new Set(users.map(({ id }) => id))
  const code = codeOf(users, isUntestedToo)
  const question = {
    ...{ target: [...ids].join(', '), role: role.name, policies: role.policies, managed },
    boundary: role.boundary,
    evidence: evidence.filter((line) => ids.has(line.target)),
    sources: [...new Set(users.flatMap(({ sources }) => sources))],
    destinations: [...new Set(users.flatMap(({ destinations }) => destinations))],
    environment: users.some(({ environment }) => environment),
    code,
  }
  const names = code.hidden === undefined ? new Set(users.flatMap((user) => user.names ?? [])) : undefined
  return [{ role, question, names, unread }]
}

/** The code of all functions that share a role. */
function codeOf(users: readonly RoleUser[], isUntestedToo: boolean): CodeSeen {
  const sites = users.flatMap((user) => user.sites ?? [])
  if (isUntestedToo) return { sites, hidden: 'another function has this role too, and was not tested' }
  const unread = users.find(({ names }) => names === null)
  return { sites, hidden: unread === undefined ? undefined : (unread.hidden ?? 'not all of it was read') }
}

const unknownPolicy = (target: string, role: string, name: string): ExcessPermission => ({
  target,
  role,
  action: '*',
  resource: '*',
  class: 'UNKNOWN',
  statement: name,
  why: 'The text of this attached policy is not in the project, nor is it one of AWS: what it grants was not compared',
  evidence: [],
})
