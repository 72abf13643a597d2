import type { ExcessPermission } from '../model/index.js'
import { columns } from './text-layout.js'
import { visible } from './visible.js'

const risksOf = ({ risks = [] }: ExcessPermission): string => (risks.length === 0 ? '' : `[${risks.join(', ')}] `)

/** What `eventfuzz iam` prints: one row for each permission that is broader, missing or doubtful. */
export function permissionsText(permissions: readonly ExcessPermission[], calls: number, actionsOf: string): string {
  const basis = `judged on ${calls.toLocaleString('en')} recorded AWS call${calls === 1 ? '' : 's'}; IAM actions as of ${actionsOf}`
  if (permissions.length === 0) return `Nothing is granted beyond what was exercised (${basis})\n`
  const cells = (one: ExcessPermission) =>
    [one.class, one.target, one.action, one.resource, one.statement].map((text) => visible(text, { max: 90 }))
  const rows = columns(permissions.map(cells))
  const lines = permissions.flatMap((one, i) => [rows[i] ?? '', `  ${risksOf(one)}${visible(one.why, { max: 400 })}`])
  return `${lines.join('\n')}\n\n${permissions.length} row${permissions.length === 1 ? '' : 's'}, ${basis}\n`
}
