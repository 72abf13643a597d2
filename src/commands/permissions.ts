import { sourceWords } from '../campaign/source-words.js'
import { analysePermissions, isForPlatform, managedPolicy, type SuggestedPolicy, suggestPolicies } from '../iam/index.js'
import type { Evidence, ExcessPermission, NamedPolicy, PermissionQuestion, Role, Target } from '../model/index.js'

/** A function that has a role. */
interface User {
  readonly id: string
  readonly role: Role | null
}

/** A role, and all that is known of those who use it. */
interface Shared {
  readonly role: Role
  readonly targets: readonly Target[]
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
): ExcessPermission[] =>
  rolesOf(targets, evidence, others).flatMap(({ role, question, names, unread }) => [
    // A policy that we cannot read may grant what seems to be missing.
    ...analysePermissions(question, names).filter((row) => unread.length === 0 || row.class !== 'MISSING'),
    ...unread.map((name) => unknownPolicy(question.target, role.name, name)),
  ])

/** Policies that are enough for what was done and nowhere broader, with their proof. None where the proof fails. */
export const suggestionsFor = (
  targets: readonly Target[],
  evidence: readonly Evidence[],
  others: readonly User[] = [],
): SuggestedPolicy[] => rolesOf(targets, evidence, others).flatMap(({ question, names }) => suggestPolicies(question, names))

function rolesOf(targets: readonly Target[], evidence: readonly Evidence[], others: readonly User[]): Shared[] {
  const byRole = new Map<string, Target[]>()
  for (const target of targets) {
    if (target.role === null) continue
    const key = keyOf(target.role)
    byRole.set(key, [...(byRole.get(key) ?? []), target])
  }
  return [...byRole].flatMap(([key, group]) => {
    const untested = others.filter(
      ({ id, role }) => role !== null && !targets.some((one) => one.id === id) && keyOf(role) === key,
    )
    return sharedRole(group, evidence, untested.length > 0)
  })
}

/** Two roles are one when they grant the same under one name. */
const keyOf = ({ name, policies, managed = [] }: Role): string =>
  JSON.stringify([name, policies.map((policy) => [policy.name, policy.document]), managed])

function sharedRole(targets: readonly Target[], evidence: readonly Evidence[], isUntestedToo: boolean): Shared[] {
  const role = targets[0]!.role!
  const attached = role.managed ?? []
  const unread = attached.filter((name) => managedPolicy(name) === undefined)
  const managed = attached
    .filter((name) => !isForPlatform(name))
    .flatMap((name): NamedPolicy[] => {
      const policy = managedPolicy(name)
      return policy === undefined ? [] : [policy]
    })
  if (role.policies.length + managed.length + unread.length === 0) return []
  const ids = new Set(targets.map(({ id }) => id))
  const read = targets.map(({ file }) => sourceWords(file))
  const names = read.every(({ complete }) => complete) ? new Set(read.flatMap(({ identifiers }) => [...identifiers])) : undefined
  const question = {
    ...{ target: [...ids].join(', '), role: role.name, policies: role.policies, managed },
    evidence: evidence.filter((line) => ids.has(line.target)),
    sources: [...new Set(targets.flatMap(({ sources }) => sources))],
    destinations: [...new Set(targets.flatMap(({ destinations = [] }) => destinations))],
    environment: targets.some(({ environment }) => Object.keys(environment).length > 0),
  }
  return [{ role, targets, question, names: isUntestedToo ? undefined : names, unread }]
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
