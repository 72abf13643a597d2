import type { Ratio, Report, SourceId, TargetReport } from '../../model/index.js'
import { type Html, html, NOTHING } from '../html-text.js'
import { counted, formatCount, worstFirst } from '../summary.js'
import { severityClass } from './badge.js'
import { table } from './table.js'

const STATUS: ReadonlyMap<TargetReport['status'], string> = new Map([
  ['tested', 'tested'],
  ['not-drivable', 'not drivable'],
  ['not-loaded', 'not loaded'],
])

/** Functions x sources: what was tried on each, and what came of it. */
export function functionsSection(report: Report): Html {
  const sources = [...new Set(report.targets.flatMap((target) => target.sources))]
  const head = ['Function', ...sources, 'Executions', 'Events accepted / rejected', 'Lines and branches reached']
  const rows = report.targets.map((target) => functionRow(target, sources, report))
  return html`<section id="functions"><h2>Functions and what came of them</h2>
<p>Each cell is one way into a function. <span class="cell ok">none</span> means that no rule found anything with the events of this run, not that there is nothing.</p>
${table('Functions by event source', head, rows)}
${budgetTable(report)}${untakenTable(report)}</section>`
}

/** How the run was split over the functions, and why: some were tried longer than others. */
function budgetTable({ targets }: Report): Html {
  const rows = targets.flatMap(({ id, budget }) =>
    budget === undefined
      ? []
      : [
          html`<tr><th scope="row">${id}</th><td class="num">${(100 * budget.share).toFixed(1)} %</td><td>${budget.why.join('; ')}</td></tr>`,
        ],
  )
  if (rows.length === 0) return NOTHING
  return html`<details><summary>How the run was split over ${counted(rows.length, 'function')}</summary>
<p>60 % of the budget is split evenly; the rest goes where more is at stake.</p>
${table('Budget by function', ['Function', 'Share', 'Because'], rows)}</details>`
}

/** Where exploring came to an end, by function: behind these conditions nothing was tried. */
function untakenTable({ targets }: Report): Html {
  const parts = targets.flatMap(({ id, coverage, untaken = [] }) => {
    if (untaken.length === 0) return []
    const rows = untaken.map(
      ({ file, line, condition, never }) =>
        html`<tr><td><code>${file}:${line}</code></td><td>never ${never}</td><td><code>${condition}</code></td></tr>`,
    )
    return [
      html`<details><summary>${id}: ${counted(untaken.length, 'condition')}, ${functionsText(coverage)}</summary>
${table(`Conditions of ${id} that no event turned the other way`, ['Where', 'Was', 'Condition'], rows)}</details>`,
    ]
  })
  if (parts.length === 0) return NOTHING
  return html`<h3>What was not reached</h3>
<p>These conditions were asked and always answered alike, whatever was sent: behind them nothing was tried. Give the functions what they wait for (seed events, environment, fixtures) to get further.</p>
${parts}`
}

const functionsText = ({ lines, functions }: TargetReport['coverage']): string =>
  [
    `${formatCount(lines.total - lines.covered)} of ${counted(lines.total, 'line')} not reached`,
    ...(functions === undefined
      ? []
      : [`${formatCount(functions.total - functions.covered)} of ${counted(functions.total, 'function')}`]),
  ].join(', ')

function functionRow(target: TargetReport, sources: readonly SourceId[], report: Report): Html {
  const { id, file, export: name, runtime, executions, events, coverage } = target
  return html`<tr><th scope="row">${id}<code>${file}#${name}</code><small>${runtime}</small></th>
${sources.map((source) => html`<td>${sourceCell(target, source, report)}</td>`)}
<td class="num">${formatCount(executions)}</td><td class="num">${formatCount(events.accepted)} / ${formatCount(events.rejected)}</td>
<td class="num">${reached(coverage)}</td></tr>`
}

function sourceCell(target: TargetReport, source: SourceId, { findings }: Report): Html {
  if (!target.sources.includes(source)) return html`<span class="cell off" aria-label="not a trigger of this function">·</span>`
  if (target.status !== 'tested') return html`<span class="cell gap">${STATUS.get(target.status) ?? target.status}</span>`
  const found = worstFirst(findings.filter((finding) => finding.target === target.id && finding.sources.includes(source)))
  const worst = found[0]
  return worst === undefined
    ? html`<span class="cell ok">none</span>`
    : html`<span class="cell ${severityClass(worst.severity)}">${counted(found.length, 'finding')}</span>`
}

/** Lines, then branches; said once when neither was measured. */
const reached = ({ lines, branches }: TargetReport['coverage']): Html =>
  lines.total + branches.total === 0 ? ratio(lines) : html`${ratio(lines)}<br>${ratio(branches)}`

const ratio = ({ covered, total }: Ratio): Html =>
  total === 0
    ? html`<span class="dim">not measured</span>`
    : html`${Math.floor((100 * covered) / total)} % <small>${formatCount(covered)}/${formatCount(total)}</small>`

/** What was not tested and why: silence about a function is no clean bill for it. */
export function notTestedSection({ targets, notTested }: Report): Html {
  const untested = targets.filter(({ status }) => status !== 'tested')
  const rows = [
    ...untested.map((target) => html`<tr><th scope="row">${target.id}</th><td>${statusText(target)}</td></tr>`),
    ...notTested.map(({ what, why }) => html`<tr><th scope="row">${what}</th><td>${why}</td></tr>`),
  ]
  const body =
    rows.length === 0
      ? html`<p>Everything that was asked for was tested. The limits of the method still hold: see <a href="#method">below</a>.</p>`
      : NOTHING
  return html`<section id="not-tested" class="${rows.length > 0 ? 'gaps' : ''}"><h2>What was not tested, and why</h2>
${rows.length === 0 ? body : table('What was not tested', ['What', 'Why'], rows)}</section>`
}

function statusText({ status, missing }: TargetReport): Html {
  const why =
    status === 'not-loaded' ? 'It could not be loaded.' : 'It fails valid events, so what it does with hostile ones says nothing.'
  const needs = missing.map(({ kind, name }) => html`<li>${kind} <code>${name}</code></li>`)
  return html`${why}${needs.length === 0 ? NOTHING : html` What is missing:<ul>${needs}</ul>`}`
}
