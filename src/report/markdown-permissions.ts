import type { ExcessPermission, PermissionClass, Report } from '../model/index.js'
import { code } from './markdown-text.js'
import { formatCount } from './summary.js'

const MOST_ROWS = 50
// They ask for nothing to be done.
const QUIET: ReadonlySet<PermissionClass> = new Set(['MAY-NEED', 'UNKNOWN'])

/** Granted against exercised as a folded table, what asks for something to be done first; nothing when no policy was compared. */
export function permissionsMarkdown({ permissions }: Report): readonly string[] {
  if (permissions.length === 0) return []
  const open = permissions.filter((one) => !QUIET.has(one.class))
  const rows = [...open, ...permissions.filter((one) => QUIET.has(one.class))]
  const more = rows.length > MOST_ROWS ? `\n\n… and ${formatCount(rows.length - MOST_ROWS)} more in the report.` : ''
  const title = `Permissions (${formatCount(open.length)} to change, ${formatCount(rows.length - open.length)} not judged)`
  const table = [
    '| class | action | resource | role | why |',
    '| --- | --- | --- | --- | --- |',
    ...rows.slice(0, MOST_ROWS).map(rowOf),
  ]
  return [`<details><summary>${title}</summary>\n\n${table.join('\n')}${more}\n\n</details>`]
}

function rowOf({ class: kind, action, resource, role, why, risks = [], at }: ExcessPermission): string {
  const place = at === undefined || at === null ? '' : ` ${code(`${at.file}:${at.line}`)}`
  const danger = risks.length === 0 ? '' : `${code(risks.join(', '))} `
  return `| ${[code(kind), code(action), code(resource), code(role) + place, danger + code(why)].join(' | ')} |`
}
