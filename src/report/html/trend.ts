import { type Report, SEVERITIES, type TrendPoint } from '../../model/index.js'
import { type Html, html, NOTHING } from '../html-text.js'
import { formatCount } from '../summary.js'
import { severityClass } from './badge.js'
import { table } from './table.js'

const WIDTH = 24
const HEIGHT = 100
/** A few runs are columns too, not walls. */
const LEAST_COLUMNS = 12

/** How many findings were open run by run: a picture, and the same as a table. Nothing where there is only this run. */
export function trendSection({ trend = [] }: Report): Html {
  if (trend.length < 2) return NOTHING
  const rows = [...trend].reverse().map((point) => row(point))
  const [first, last] = [sum(trend[0]!), sum(trend.at(-1)!)]
  return html`<section id="trend"><h2>Trend over ${trend.length} runs</h2>
${picture(trend)}<p class="note">Open findings, from ${formatCount(first)} in the first of these runs to ${formatCount(last)} now.</p>
<details><summary>As a table</summary>${table('Open findings by run', ['Run', 'Started', ...SEVERITIES, 'New or back', 'Fixed'], rows)}</details></section>`
}

const sum = ({ open }: TrendPoint): number => SEVERITIES.reduce((all, severity) => all + (open[severity] ?? 0), 0)

const row = ({ run, startedAt, open, added, fixed }: TrendPoint): Html =>
  html`<tr><th scope="row"><code>${run}</code></th><td>${startedAt.slice(0, 16).replace('T', ' ')}</td>
${SEVERITIES.map((severity) => html`<td class="num">${formatCount(open[severity] ?? 0)}</td>`)}<td class="num">${formatCount(added)}</td><td class="num">${formatCount(fixed)}</td></tr>`

/** A column a run, the worst at the bottom. */
function picture(trend: readonly TrendPoint[]): Html {
  const most = Math.max(1, ...trend.map(sum))
  const columns = trend.map((point, i) => {
    let y = HEIGHT
    return SEVERITIES.map((severity) => {
      const height = (HEIGHT * (point.open[severity] ?? 0)) / most
      y -= height
      return height === 0
        ? NOTHING
        : html`<rect class="${severityClass(severity)}" x="${i * WIDTH + 2}" y="${y.toFixed(2)}" width="${WIDTH - 4}" height="${height.toFixed(2)}"/>`
    })
  })
  const text = `Open findings by run, oldest first: ${trend.map(sum).join(', ')}`
  const width = Math.max(LEAST_COLUMNS, trend.length) * WIDTH
  return html`<svg class="trend" viewBox="0 0 ${width} ${HEIGHT + 2}" preserveAspectRatio="none" role="img" aria-label="${text}">${columns}<rect class="axis" x="0" y="${HEIGHT}" width="${width}" height="2"/></svg>`
}
