import type { Finding } from '../../model/index.js'
import { type Html, html, NOTHING } from '../html-text.js'
import { formatCount, sinkLocation } from '../summary.js'
import type { Anchors } from './anchors.js'
import { severityClass } from './badge.js'
import { limited } from './code-block.js'
import { table } from './table.js'

/** Rows that open together: what is closed costs the browser nothing. */
const CHUNK = 500

/** Findings beyond those in full, a line each, in parts that are closed. */
export function furtherFindings(findings: readonly Finding[], anchors: Anchors): Html {
  if (findings.length === 0) return NOTHING
  const parts = Array.from({ length: Math.ceil(findings.length / CHUNK) }, (_, i) => findings.slice(i * CHUNK, (i + 1) * CHUNK))
  return html`<h3>${formatCount(findings.length)} further findings</h3>
<p class="note">They are the least severe, and stand here with a line each. report.json and the other formats have all of each; replay takes the fingerprint.</p>
${parts.map((part, i) => {
  const from = i * CHUNK + 1
  const name = `Further findings ${formatCount(from)} to ${formatCount(from + part.length - 1)}`
  return html`<details class="more"><summary>${name}</summary>${table(
    name,
    ['Severity', 'Finding', 'Function', 'Field', 'Code', 'Fingerprint'],
    part.map((finding) => row(finding, anchors)),
  )}</details>`
})}`
}

// Few elements: there may be 20,000 of these.
const row = (finding: Finding, anchors: Anchors): Html =>
  html`<tr class="further" id="${anchors.get(finding) ?? ''}" data-severity="${finding.severity}" data-target="${limited(finding.target, 160)}"><td class="cell ${severityClass(finding.severity)}">${finding.severity}</td><td>${limited(finding.title, 160)} (${limited(finding.rule, 80)})</td><td>${limited(finding.target, 160)}</td><td>${limited(finding.pointer, 160)}</td><td>${limited(sinkLocation(finding), 160)}</td><td>${finding.fingerprint.slice(0, 12)}</td></tr>`
