import { createHash } from 'node:crypto'
import type { Report, Reporter } from '../../model/index.js'
import { Html, html, NOTHING } from '../html-text.js'
import { worstFirst } from '../summary.js'
import { type Anchors, anchorsOf } from './anchors.js'
import { cover, summary } from './cover.js'
import { findingArticle } from './finding.js'
import { furtherFindings } from './further.js'
import { methodSection } from './method.js'
import { permissionsSection } from './permissions.js'
import { SCRIPT } from './script.js'
import { STYLE } from './style.js'
import { functionsSection, notTestedSection } from './targets.js'
import { trendSection } from './trend.js'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

// Only our own script and style run, by their hashes; nothing is fetched, and the script itself cannot turn text into markup.
const POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(SCRIPT)}`,
  `style-src ${hashOf(STYLE)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** The report as one file that needs nothing else: no network, no script to be read, no trust in what was tested. */
export const htmlPage: Reporter = {
  id: 'html',
  render: (report) => page(report).toString(),
}

function page(report: Report): Html {
  const anchors = anchorsOf(report.findings)
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Html.trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${report.tool.name} report ${report.run.startedAt.slice(0, 10)}</title><link rel="icon" href="data:,">
<style>${Html.trusted(STYLE)}</style></head>
<body><a class="skip" href="#main">Skip to the findings</a>
${cover(report)}
<nav aria-label="Sections"><a href="#summary">Summary</a>${(report.trend ?? []).length < 2 ? NOTHING : html`<a href="#trend">Trend</a>`}<a href="#not-tested">Not tested</a><a href="#functions">Functions</a><a href="#findings">Findings</a><a href="#permissions">Permissions</a><a href="#method">Method</a></nav>
<main id="main">
${summary(report, anchors)}
${trendSection(report)}
${notTestedSection(report)}
${functionsSection(report)}
${findingsSection(report, anchors)}
${permissionsSection(report)}
${methodSection(report)}
</main>
<footer>Made by ${report.tool.name} ${report.tool.version}. This page fetches nothing.</footer>
<script>${Html.trusted(SCRIPT)}</script></body></html>
`
}

/** So many stand in full: more than that nobody reads on a page, and it would not open at once. */
const MOST_IN_FULL = 300

function findingsSection({ findings, targets }: Report, anchors: Anchors): Html {
  if (findings.length === 0) return html`<section id="findings"><h2>Findings</h2><p>None.</p></section>`
  const sorted = worstFirst(findings)
  return html`<section id="findings"><h2>Findings</h2>
<form id="filter" hidden role="search" aria-label="Filter findings">
<fieldset><legend>Severity</legend>${['critical', 'high', 'medium', 'low'].map((name) => html`<label><input type="checkbox" name="severity" value="${name}" checked> ${name}</label>`)}</fieldset>
<label>Function <select name="target"><option value="">all</option>${targets.map(({ id }) => html`<option value="${id}">${id}</option>`)}</select></label>
<label>Search <input type="search" name="text" placeholder="press / to search" autocomplete="off" spellcheck="false"></label>
<output name="shown" aria-live="polite"></output></form>
${sorted.slice(0, MOST_IN_FULL).map((finding) => findingArticle(finding, anchors.get(finding) ?? ''))}
${furtherFindings(sorted.slice(MOST_IN_FULL), anchors)}</section>`
}
