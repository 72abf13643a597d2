import type { NamedPolicy } from '../model/index.js'
import type { Row } from './analyse.js'
import { riskRank } from './risk/risk.js'

const MOST_NAMED = 12

const policyOf = (label: string): string => label.slice(0, label.lastIndexOf('#'))

/** True for a statement of a policy that AWS manages. */
export const isOfAws = (managed: readonly NamedPolicy[], label: string): boolean =>
  managed.some(({ name }) => name === policyOf(label))

/** Of an attached policy of AWS nobody can take out one line: what is unused of it is one row. */
export function gathered(rows: readonly Row[], managed: readonly NamedPolicy[]): Row[] {
  const unused = (row: Row): boolean => row.class === 'REMOVABLE' && isOfAws(managed, row.statement)
  const merged = managed.flatMap(({ name }) => {
    const own = rows.filter(({ statement }) => policyOf(statement) === name)
    const group = own.filter(unused)
    return group.length < 2 ? group : [rowOf(name, group, group.length === own.length)]
  })
  return [...rows.filter((row) => !unused(row)), ...merged]
}

function rowOf(policy: string, group: readonly Row[], whole: boolean): Row {
  const names = group.slice(0, MOST_NAMED).map(({ action }) => action)
  const more = group.length > names.length ? ` and ${group.length - names.length} more` : ''
  const advice = whole ? 'Detach the policy.' : 'Attach a policy of your own with what is used.'
  const why = `Of this policy of AWS ${names.join(', ')}${more} were never exercised, and the code names no such call. ${advice}`
  const risks = [...new Set(group.flatMap((row) => row.risks ?? []))].sort((a, b) => riskRank([a]) - riskRank([b]))
  const row = { action: policy, resource: '*', class: 'REMOVABLE' as const, statement: policy, why, evidence: [] }
  return risks.length === 0 ? row : { ...row, risks }
}
