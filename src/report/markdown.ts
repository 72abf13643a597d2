import type { Finding, Report, Reporter } from '../model/index.js'
import { liveFacts, placesText } from './live-facts.js'
import { permissionsMarkdown } from './markdown-permissions.js'
import { block, code } from './markdown-text.js'
import { isOpen, suppressionText } from './open-findings.js'
import { counted, formatCount, sinkLocation, summaryLine, worstFirst } from './summary.js'

/** A comment on GitHub holds 65,536 characters, a note on GitLab a million, a step summary 1 MiB. */
const MOST = 60_000

/** A pull-request comment or step summary: open findings worst first, the other ones folded, and what was not tested. */
export const markdown: Reporter = {
  id: 'markdown',
  render: (report) => {
    const open = worstFirst(report.findings.filter(isOpen))
    const others = worstFirst(report.findings.filter((finding) => !isOpen(finding)))
    const head = [
      `## eventfuzz: ${open.length === 0 ? 'no open findings' : counted(open.length, 'open finding')}`,
      code(summaryLine(report)),
      ...liveFacts(report).map(([name, text]) => `${name}: ${code(text, { max: 600 })}`),
    ]
    const tail = [...folded('Not counted', others, otherLine), ...permissionsMarkdown(report), ...notTested(report)]
    const room = MOST - [...head, ...tail].join('\n\n').length
    return `${[...head, ...within(open, room), ...tail].join('\n\n')}\n`
  },
}

/** The worst, as many as fit, then how many do not. */
function within(open: readonly Finding[], room: number): readonly string[] {
  const texts: string[] = []
  let used = 0
  for (const finding of open) {
    const text = findingText(finding)
    used += text.length + 2
    if (used > room) return [...texts, `… and ${formatCount(open.length - texts.length)} more in the report.`]
    texts.push(text)
  }
  return texts
}

function findingText(finding: Finding): string {
  const { severity, title, rule, target, sources, surface, pointer, evidence, event, recipe, replay, remediation } = finding
  const at = sinkLocation(finding)
  const facts = [
    `- function ${code(target)} through ${code(sources.join(', '))} (${code(surface)})`,
    ...(pointer === '' ? [] : [`- field ${code(pointer)}`]),
    ...(finding.sink === null ? [] : [`- sink ${code(finding.sink.api)}${at === '' ? '' : ` at ${code(at)}`}`]),
    `- ${code(finding.confidence)} by ${code(finding.proof)}, reproduced ${finding.reproduced.k} of ${finding.reproduced.n}; status ${code(finding.status)}`,
    ...(placesText(finding) === '' ? [] : [`- seen at: ${code(placesText(finding), { max: 600 })}`]),
    `- fix: ${code(remediation, { max: 600 })}`,
    `- replay: ${code(replay)}`,
  ]
  const more = [
    block(evidence, 'text'),
    block(event, 'json', { max: 2_000 }),
    ...recipe.slice(0, 3).map((one) => block(one, 'sh', { max: 2_000 })),
  ]
  return `### ${code(severity)} ${code(title)} ${code(rule)}

${facts.join('\n')}

<details><summary>Evidence, event, delivery</summary>

${more.join('\n\n')}

</details>`
}

function otherLine(finding: Finding): string {
  const why = suppressionText(finding) || `${finding.confidence}, ${finding.status}`
  return `- ${code(finding.severity)} ${code(finding.title)} in ${code(finding.target)}, ${code(finding.fingerprint.slice(0, 12))}: ${code(why)}`
}

function notTested({ targets, notTested: rest }: Report): readonly string[] {
  const untested = targets.filter(({ status }) => status !== 'tested').map(({ id, status }) => ({ what: id, why: status }))
  return folded('Not tested', [...untested, ...rest], ({ what, why }) => `- ${code(what)}: ${code(why)}`)
}

const MOST_LINES = 40

function folded<T>(title: string, things: readonly T[], lineOf: (thing: T) => string): readonly string[] {
  if (things.length === 0) return []
  const lines = things.slice(0, MOST_LINES).map(lineOf)
  const more = things.length > MOST_LINES ? [`- … and ${formatCount(things.length - MOST_LINES)} more`] : []
  return [
    `<details><summary>${title} (${formatCount(things.length)})</summary>\n\n${[...lines, ...more].join('\n')}\n\n</details>`,
  ]
}
