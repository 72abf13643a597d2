import type { ExcessPermission, PermissionClass, Report } from '../../model/index.js'
import { plain, uriOf } from './text.js'

// What only may be, and what nobody could judge, is no alert.
const RULES: ReadonlyMap<PermissionClass, PermissionRule> = new Map([
  [
    'MISSING',
    {
      ...{ id: 'iam-missing', name: 'IamMissing', title: 'A call of honest input is not allowed by the role' },
      fix: 'Add the action on this resource to the policy, or take the call out of the code.',
    },
  ],
  [
    'REMOVABLE',
    {
      ...{ id: 'iam-removable', name: 'IamRemovable', title: 'A permission is granted that the function never uses' },
      fix: 'Take it out of the policy: no event made the function use it, and its code names no such call.',
    },
  ],
  [
    'EXERCISED-NARROWER',
    {
      ...{ id: 'iam-narrower', name: 'IamNarrower', title: 'A permission is broader than what the function uses' },
      fix: 'Name the actions and resources that are used; eventfuzz iam --suggest prints the change, with its proof.',
    },
  ],
  [
    'EXERCISED-BY-ATTACK',
    {
      ...{ id: 'iam-by-attack', name: 'IamByAttack', title: 'Only hostile input made the function use a permission' },
      fix: 'Mend what lets the input do this, and take the permission away: honest input does not need it.',
    },
  ],
  [
    'UNREACHED',
    {
      ...{ id: 'iam-unreached', name: 'IamUnreached', title: 'A permission is for calls that no event reached' },
      fix: 'Give the run what leads there (seed events, environment, fixtures) before deciding anything.',
    },
  ],
  [
    'REACHED-NOT-CALLED',
    {
      ...{ id: 'iam-reached', name: 'IamReached', title: 'A call that may need a permission ran without it' },
      fix: 'Look at the call: when nothing that it can be given needs the permission, take it away.',
    },
  ],
])

interface PermissionRule {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly fix: string
}

const BASIS =
  'Judged by the AWS calls that the function made on honest events, its own code, and what Lambda itself needs for its triggers.'

/** The rules of the classes that a report has rows of. */
export const permissionRules = ({ permissions }: Report): readonly object[] =>
  idsOf(permissions).map((id) => {
    const { name, title, fix } = [...RULES.values()].find((rule) => rule.id === id)!
    return {
      ...{ id, name, shortDescription: { text: `${title}.` }, fullDescription: { text: `${title}. ${BASIS}` } },
      help: { text: fix, markdown: `**How to fix it:** ${fix}` },
      properties: { tags: ['security', 'iam'] },
    }
  })

const idsOf = (permissions: readonly ExcessPermission[]): readonly string[] => [
  ...new Set(permissions.flatMap((one) => RULES.get(one.class)?.id ?? [])),
]

/** One alert a row, at the line of the template that grants it; without one at the function. `first`: index of the first of the rules above. */
export function permissionResults(report: Report, first: number): readonly object[] {
  const ids = idsOf(report.permissions)
  return report.permissions.flatMap((one) => {
    const rule = RULES.get(one.class)
    return rule === undefined ? [] : [resultOf(one, rule.id, first + ids.indexOf(rule.id), report)]
  })
}

function resultOf(one: ExcessPermission, ruleId: string, ruleIndex: number, { targets }: Report): object {
  const { at, target, role, action, resource, statement, why, risks = [] } = one
  const file = at?.file ?? targets.find(({ id }) => target.split(', ').includes(id))?.file ?? 'unknown'
  const location = { artifactLocation: { uri: uriOf(file) }, region: { startLine: Math.max(1, at?.line ?? 1) } }
  const danger = risks.length === 0 ? '' : ` Dangerous: ${risks.join(', ')}.`
  return {
    ...{ ruleId, ruleIndex, level: levelOf(one), kind: 'fail' },
    message: { text: `${plain(action)} on ${plain(resource)} of ${plain(role)}: ${plain(why)}${danger}` },
    locations: [{ physicalLocation: location, logicalLocations: [{ name: plain(role), kind: 'resource' }] }],
    // The same row of another run, wherever its lines have moved.
    partialFingerprints: { 'eventfuzz/iam/v1': plain([ruleId, role, statement, action, resource].join(' '), { max: 2_000 }) },
    // Where one result says that it is not suppressed, all have to.
    suppressions: [],
    properties: { class: one.class, statement: plain(statement), risks },
  }
}

const levelOf = ({ class: kind, risks }: ExcessPermission): 'warning' | 'note' =>
  kind === 'MISSING' || kind === 'EXERCISED-BY-ATTACK' || (risks ?? []).length > 0 ? 'warning' : 'note'
