import type { Report } from '../../model/index.js'
import { type Html, html, NOTHING } from '../html-text.js'
import { liveFacts } from '../live-facts.js'
import { isStanding } from '../open-findings.js'
import { countBySeverity, counted, formatCount, formatDuration, leftOutText, sinkLocation, worstFirst } from '../summary.js'
import type { Anchors } from './anchors.js'
import { severityBadge, severityClass } from './badge.js'
import { classes } from './classes.js'
import { limited } from './code-block.js'
import { table } from './table.js'

/** What was tested, with what, under which guard: enough to judge the rest of the page by. */
export function cover(report: Report): Html {
  const { run, tool, targets } = report
  const tested = targets.filter(({ status }) => status === 'tested')
  return html`<header class="cover"><p class="brand">${tool.name} <span>security report</span></p>
<h1>${headline(report)}</h1>
${run.interrupted ? html`<p class="warn">The run was interrupted. This is the report of what was done until then.</p>` : NOTHING}
<dl class="facts wide">
<div><dt>Tested</dt><dd>${formatCount(tested.length)} of ${counted(targets.length, 'function')}, ${counted(run.executions, 'execution')}</dd></div>
<div><dt>Started</dt><dd>${startedText(run.startedAt)}, ran for ${formatDuration(run.durationMs)}</dd></div>
<div><dt>Sandbox</dt><dd><strong>${run.sandbox.level}</strong>${run.sandbox.layers.length === 0 ? '' : `: ${run.sandbox.layers.join(', ')}`}</dd></div>${liveFacts(report).map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}
<div><dt>Seed</dt><dd><code>${run.seed}</code></dd></div>
<div><dt>Tool</dt><dd>${tool.name} ${tool.version}</dd></div>
<div><dt>Run</dt><dd><code>${run.id}</code></dd></div>
</dl></header>`
}

/** ISO 8601 in UTC, to the minute. */
const startedText = (iso: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : iso

function headline({ findings, targets }: Report): string {
  if (!targets.some(({ status }) => status === 'tested')) return 'No function could be tested'
  const standing = findings.filter(isStanding)
  const worst = countBySeverity(standing).find(({ count }) => count > 0)
  const found =
    worst === undefined
      ? 'No findings in what was tested'
      : `${counted(standing.length, 'finding')}, ${formatCount(worst.count)} of them ${worst.severity}`
  return `${found}${leftOutText(findings)}`
}

/** The numbers, and every finding in one line. What was not tested stands among the numbers, as large as they. */
export function summary(report: Report, anchors: Anchors): Html {
  const { findings, targets, notTested } = report
  const tiles = countBySeverity(findings.filter(isStanding)).map(
    ({ severity, count }) =>
      html`<li class="tile ${count > 0 ? severityClass(severity) : 'none'}"><b>${formatCount(count)}</b> ${severity}</li>`,
  )
  const gaps = targets.filter(({ status }) => status !== 'tested').length + notTested.length
  return html`<section id="summary"><h2>Summary</h2>
<ul class="tiles">${tiles}<li class="tile ${gaps > 0 ? 'gap' : 'none'}"><b>${formatCount(gaps)}</b> <a href="#not-tested">not tested</a></li></ul>
${classes(findings.filter(isStanding))}${findings.length === 0 ? NOTHING : glance(report, anchors)}</section>`
}

/** Lines of the summary; all findings stand below it. */
const MOST_ROWS = 200

const glance = ({ findings }: Report, anchors: Anchors): Html =>
  table(
    `Findings at a glance${findings.length > MOST_ROWS ? `, the worst ${MOST_ROWS} of ${formatCount(findings.length)}` : ''}`,
    ['Severity', 'Finding', 'Function', 'Field', 'Code', 'Status'],
    worstFirst(findings)
      .slice(0, MOST_ROWS)
      .map((finding) => {
        const anchor = anchors.get(finding) ?? ''
        return html`<tr data-for="${anchor}"><td>${severityBadge(finding.severity)}</td><td><a href="#${anchor}">${limited(finding.title, 160)}</a></td>
<td>${limited(finding.target, 160)}</td><td><code>${limited(finding.pointer, 160)}</code></td><td><code>${limited(sinkLocation(finding), 160)}</code></td><td>${finding.status}</td></tr>`
      }),
  )
