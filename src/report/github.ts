import type { Finding, Reporter, Severity } from '../model/index.js'
import { isOpen } from './open-findings.js'
import { counted, formatCount, summaryLine, worstFirst } from './summary.js'
import { visible } from './visible.js'

/** GitHub shows ten annotations of each kind and step; the last one of ours says how many there are besides. */
const MOST = 10

const COMMAND: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
}

/** Workflow commands that GitHub Actions shows beside the code: open findings, worst first. */
export const github: Reporter = {
  id: 'github',
  render: (report) => {
    const open = worstFirst(report.findings.filter(isOpen))
    const groups = (['error', 'warning', 'notice'] as const).map((command) => ({
      command,
      found: open.filter(({ severity }) => COMMAND[severity] === command),
    }))
    const lines = groups.flatMap(({ command, found }) => {
      const shown = found.slice(0, found.length > MOST ? MOST - 1 : MOST)
      const more = found.length - shown.length
      return [
        ...shown.map((finding) => annotation(command, finding)),
        ...(more === 0 ? [] : [`::${command} title=eventfuzz::${formatCount(more)} more of this kind are in the report`]),
      ]
    })
    const missing = report.targets.filter(({ status }) => status !== 'tested').map(({ id, status }) => `${id} (${status})`)
    const gap = `${counted(missing.length, 'function')} could not be tested: ${missing.join(', ')}`
    const gaps = missing.length === 0 ? [] : [`::warning title=eventfuzz::${data(gap)}`]
    return [...lines, ...gaps, summaryLine(report)].map((line) => `${line}\n`).join('')
  },
}

function annotation(command: string, { title, rule, target, pointer, evidence, replay, sink }: Finding): string {
  const at = sink?.location ?? null
  const place = at === null ? [] : [`file=${property(at.file)}`, `line=${at.line}`, `col=${at.column}`]
  const field = pointer === '' ? '' : ` through ${pointer}`
  const message = [`${title} (${rule}) in ${target}${field}`, evidence, replay].map((text) => visible(text, { max: 1_000 }))
  return `::${command} ${[...place, `title=${property(title)}`].join(',')}::${escapedData(message.join('\n'))}`
}

const data = (text: string): string => escapedData(visible(text, { max: 1_000 }))

// As GitHub's own toolkit escapes them; a line break in the message is ours.
const escapedData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string =>
  data(text.length > 200 ? text.slice(0, 200) : text)
    .replaceAll(':', '%3A')
    .replaceAll(',', '%2C')
