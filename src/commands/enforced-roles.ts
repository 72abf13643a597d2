import { managedPolicy, parsePolicies } from '../iam/index.js'
import { ConfigError, type EnforcedRole, type Role, type Target } from '../model/index.js'

const MODULE = new URL('../iam/authorise.js', import.meta.url).href

/**
 * Which role's policies are enforced for each target (`--enforce-policy`). Without one role among the targets it throws; a role
 * whose policies are known only in part is left alone, which is said: what is not seen may allow the call.
 */
export function enforcedRoles(
  targets: readonly Target[],
  warn: (text: string) => void,
): (target: Target) => EnforcedRole | undefined {
  const without = targets.filter(({ role }) => role === null).map(({ id }) => id)
  if (without.length === targets.length)
    throw new ConfigError(
      `--enforce-policy needs a role: the project says none for ${without.join(', ')}; --policy <file> gives its policy`,
    )
  if (without.length > 0) warn(`--enforce-policy: no role is known for ${without.join(', ')}: all of their AWS calls are allowed`)
  for (const { id, role } of targets) {
    const why = role === null ? undefined : whyNot(role)
    if (why !== undefined) warn(`--enforce-policy: ${why}: all AWS calls of ${id} are allowed`)
  }
  return ({ role }) =>
    role === null || whyNot(role) !== undefined
      ? undefined
      : {
          module: MODULE,
          name: role.name,
          policies: [...role.policies, ...(role.managed ?? []).flatMap((one) => managedPolicy(one) ?? [])],
        }
}

/** Why a role cannot be enforced. */
function whyNot({ name, policies, managed = [] }: Role): string | undefined {
  const unread = managed.find((one) => managedPolicy(one) === undefined)
  if (unread !== undefined) return `the text of ${unread}, attached to ${name}, is not in the project`
  if (policies.length + managed.length === 0) return `no policy of ${name} is in the project`
  const lost = parsePolicies(policies).problems.find((problem) => problem.lost)
  return lost && `${lost.policy} of ${name} cannot be read in full (${lost.place}: ${lost.why})`
}
