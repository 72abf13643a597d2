import { type ExcessPermission, isJsonObject, type Json, type PermissionClass, type Report } from '../../model/index.js'
import { diffLines } from '../diff-lines.js'
import { type Html, html, NOTHING } from '../html-text.js'
import { formatCount } from '../summary.js'
import { PERMISSION_CLASSES, permissionBadge, permissionCss } from './badge.js'
import { codeBlock, limited } from './code-block.js'
import { diffBlock } from './diff.js'
import { table } from './table.js'

/** Per role: what it is allowed against what honest events made the function use. */
export function permissionsSection({ permissions, suggestedPolicies }: Report): Html {
  const roles = [...new Set(permissions.map(({ role }) => role))]
  const body = roles.map((role) =>
    rolePart(
      role,
      permissions.filter((one) => one.role === role),
      suggestedPolicies.filter((one) => textAt(one, 'role') === role),
    ),
  )
  const none = html`<p>No policy was given, so permissions were not compared.</p>`
  return html`<section id="permissions"><h2>Permissions: granted against exercised</h2>
${roles.length === 0 ? none : html`${body}${legend(permissions)}`}
${suggestedPolicies.filter((one) => !roles.includes(textAt(one, 'role'))).map(suggestion)}</section>`
}

function rolePart(role: string, permissions: readonly ExcessPermission[], suggested: Report['suggestedPolicies']): Html {
  const rows = permissions.map(
    (
      one,
    ) => html`<tr><td>${permissionBadge(one.class)}</td><td><code>${limited(one.action, 300)}</code></td><td><code>${limited(one.resource, 300)}</code></td>
<td>${one.why}${risks(one)}${one.statement === '' ? NOTHING : html`<br><small>granted by <code>${one.statement}</code></small>`}${evidence(one)}</td></tr>`,
  )
  const targets = [...new Set(permissions.map(({ target }) => target))].join(', ')
  return html`<h3>${role} <small>${targets}</small></h3>${bar(permissions)}
${table(`Permissions of ${role}`, ['Class', 'Action', 'Resource', 'Why'], rows)}${suggested.map(suggestion)}`
}

const textAt = (value: Json, name: string): string => {
  const text = isJsonObject(value) ? value[name] : undefined
  return typeof text === 'string' ? text : ''
}

/** A policy that is enough, as a change of the one that is there; a document of another form as it is. */
function suggestion(one: Report['suggestedPolicies'][number]): Html {
  if (!isJsonObject(one) || one['before'] === undefined || one['document'] === undefined)
    return html`<details><summary>Suggested policy</summary>${codeBlock(JSON.stringify(one, null, 2))}</details>`
  const lines = (value: Json): readonly string[] => (value === null ? [] : JSON.stringify(value, null, 2).split('\n'))
  const name = textAt(one, 'policy')
  const what = one['document'] === null ? 'can be taken away' : 'can be made narrower'
  return html`<details><summary>Suggested: ${name} ${what}</summary>
<p class="note">Proven: what honest events made the functions do, what their code names and what the platform needs is still allowed, and nothing is allowed that was not before.</p>
${diffBlock(diffLines(lines(one['before']), lines(one['document'])))}</details>`
}

const risks = ({ risks: found = [] }: ExcessPermission): Html =>
  found.length === 0 ? NOTHING : html`<br><small>not used, and good for: ${found.join(', ')}</small>`

const evidence = ({ evidence: calls }: ExcessPermission): Html =>
  calls.length === 0
    ? NOTHING
    : html`<details><summary>Evidence (${calls.length})</summary><ul>${calls.slice(0, 50).map((call) => html`<li>${limited(call, 500)}</li>`)}</ul></details>`

const countByClass = (
  permissions: readonly ExcessPermission[],
): readonly { readonly name: PermissionClass; readonly count: number }[] =>
  [...PERMISSION_CLASSES.keys()]
    .map((name) => ({ name, count: permissions.filter((one) => one.class === name).length }))
    .filter(({ count }) => count > 0)

/** The role as one bar. The widths are attributes: the page's policy allows no inline style. */
function bar(permissions: readonly ExcessPermission[]): Html {
  const counts = countByClass(permissions)
  const text = counts.map(({ name, count }) => `${formatCount(count)} ${name}`).join(', ')
  let x = 0
  const parts = counts.map(({ name, count }) => {
    const width = (100 * count) / permissions.length
    x += width
    return html`<rect class="${permissionCss(name)}" x="${x - width}" y="0" width="${width}" height="4"/>`
  })
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="${text}">${parts}</svg>`
}

function legend(permissions: readonly ExcessPermission[]): Html {
  const terms = countByClass(permissions).map(
    ({ name }) => html`<dt>${permissionBadge(name)}</dt><dd>${PERMISSION_CLASSES.get(name)?.meaning ?? ''}</dd>`,
  )
  return html`<dl class="facts legend">${terms}</dl>`
}
