import { readPolicy } from '../config/index.js'
import { analysePermissions, snapshotOrigin } from '../iam/index.js'
import type { ExcessPermission } from '../model/index.js'

/**
 * What policies hold by themselves: parts that IAM would refuse, misspelt and non-existent actions, and dangerous grants. Whether
 * anything of it is needed, only a run can tell: grants without a risk are left out.
 */
export function reviewPolicies(files: readonly string[]): { permissions: readonly ExcessPermission[]; actionsOf: string } {
  const rows = analysePermissions({
    ...{ target: files.join(', '), role: 'policy', policies: files.map((file) => readPolicy(file)), evidence: [], sources: [] },
  })
  const isGrant = ({ why }: ExcessPermission): boolean => why.includes('The code was not searched')
  return { permissions: rows.filter((row) => !isGrant(row) || row.risks !== undefined), actionsOf: snapshotOrigin().date }
}
