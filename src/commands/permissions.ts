import { sourceWords } from '../campaign/source-words.js'
import { analysePermissions, isForPlatform, managedPolicy } from '../iam/index.js'
import type { Evidence, ExcessPermission, Target } from '../model/index.js'

/** What each target's role grants beyond what honest events made it do; nothing for targets without policies. */
export function permissionsOf(targets: readonly Target[], evidence: readonly Evidence[]): ExcessPermission[] {
  return targets.flatMap((target) => {
    const { role } = target
    if (role === null) return []
    const unread = (role.managed ?? []).filter((name) => managedPolicy(name) === undefined)
    const managed = (role.managed ?? []).filter((name) => !isForPlatform(name)).flatMap((name) => managedPolicy(name) ?? [])
    if (role.policies.length + managed.length + unread.length === 0) return []
    const own = evidence.filter((line) => line.target === target.id)
    const { identifiers, complete } = sourceWords(target.file)
    const rows = analysePermissions(
      { ...{ target: target.id, role: role.name, policies: role.policies, managed }, evidence: own, sources: target.sources },
      complete ? identifiers : undefined,
    )
    // A policy that we cannot read may grant what seems to be missing.
    return [
      ...rows.filter((row) => unread.length === 0 || row.class !== 'MISSING'),
      ...unread.map((name) => unknownPolicy(target.id, role.name, name)),
    ]
  })
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
