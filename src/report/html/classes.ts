import { type Finding, SEVERITIES } from '../../model/index.js'
import { type Html, html, NOTHING } from '../html-text.js'
import { formatCount } from '../summary.js'
import { severityClass } from './badge.js'

export const OWASP: ReadonlyMap<string, string> = new Map([
  ['S1', 'Injection'],
  ['S2', 'Broken authentication'],
  ['S3', 'Sensitive data exposure'],
  ['S4', 'XML external entities'],
  ['S5', 'Broken access control'],
  ['S6', 'Security misconfiguration'],
  ['S7', 'Cross-site scripting'],
  ['S8', 'Insecure deserialization'],
  ['S9', 'Components with known vulnerabilities'],
  ['S10', 'Insufficient logging and monitoring'],
])

const MOST = 12

/** How many findings there are of each class of OWASP Serverless and CWE, most first: bars, and the numbers beside them. */
export const classes = (findings: readonly Finding[]): Html =>
  findings.length === 0
    ? NOTHING
    : html`<div class="split">${chart('OWASP Serverless', findings, ({ owasp }) => owasp.map(owaspName))}${chart('CWE', findings, ({ cwe }) => cwe)}</div>`

export const owaspName = (id: string): string => (OWASP.has(id) ? `${id} ${OWASP.get(id)}` : id)

function chart(title: string, findings: readonly Finding[], namesOf: (finding: Finding) => readonly string[]): Html {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    for (const name of new Set(namesOf(finding))) {
      const group = groups.get(name)
      if (group === undefined) groups.set(name, [finding])
      else group.push(finding)
    }
  }
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]))
  const most = Math.max(1, ...sorted.map(([, group]) => group.length))
  const rows = sorted
    .slice(0, MOST)
    .map(([name, group]) => html`<dt>${name}</dt><dd>${bar(group, most)}<b>${formatCount(group.length)}</b></dd>`)
  const more = sorted.length > MOST ? html`<p class="note">and ${formatCount(sorted.length - MOST)} more</p>` : NOTHING
  return html`<div><h3>${title}</h3>${rows.length === 0 ? html`<p class="dim">None is named.</p>` : html`<dl class="chart">${rows}</dl>`}${more}</div>`
}

/** The number beside it says the same: nothing is lost to who cannot see it. */
function bar(group: readonly Finding[], most: number): Html {
  let x = 0
  const parts = SEVERITIES.map((severity) => {
    const width = (100 * group.filter((finding) => finding.severity === severity).length) / most
    x += width
    return width === 0
      ? NOTHING
      : html`<rect class="${severityClass(severity)}" x="${(x - width).toFixed(2)}" y="0" width="${width.toFixed(2)}" height="4"/>`
  })
  return html`<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`
}
