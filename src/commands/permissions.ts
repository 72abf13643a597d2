import { sourceWords } from '../campaign/source-words.js'
import { analysePermissions } from '../iam/index.js'
import type { Evidence, ExcessPermission, Target } from '../model/index.js'

/** What each target's role grants beyond what honest events made it do; nothing for targets without policies. */
export function permissionsOf(targets: readonly Target[], evidence: readonly Evidence[]): ExcessPermission[] {
  return targets.flatMap((target) => {
    if (target.role === null) return []
    const own = evidence.filter((line) => line.target === target.id)
    const { identifiers, complete } = sourceWords(target.file)
    return [
      ...analysePermissions(
        { target: target.id, role: target.role.name, policies: target.role.policies, evidence: own, sources: target.sources },
        complete ? identifiers : undefined,
      ),
    ]
  })
}
