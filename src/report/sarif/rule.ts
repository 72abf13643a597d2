import type { Finding, Report, RuleReport, Severity } from '../../model/index.js'
import { plain } from './text.js'

/** As GitHub sorts them: above 9.0 critical, from 7.0 high, from 4.0 medium. */
const SCORE: ReadonlyMap<Severity, string> = new Map([
  ['critical', '9.5'],
  ['high', '8.0'],
  ['medium', '5.5'],
  ['low', '3.0'],
])

/** The rules that the run used, those of older reports as far as the findings tell. */
export function rulesOf({ rules = [], findings }: Report): readonly RuleReport[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]))
  for (const finding of findings) if (!known.has(finding.rule)) known.set(finding.rule, fromFinding(finding))
  return [...known.values()]
}

const fromFinding = ({ rule, title, severity, proof, cwe, owasp, remediation }: Finding): RuleReport => ({
  ...{ id: rule, title, severity, proof, cwe, owasp, remediation },
})

/** A reportingDescriptor: id and name stay the same for ever, so that alerts of different runs meet. */
export function ruleDescriptor(rule: RuleReport): object {
  const { id, title, severity, proof, cwe, owasp } = rule
  return {
    id,
    // A name that says no more than the id must be left out.
    ...(id.includes('-') ? { name: plain(pascalCase(id)) } : {}),
    shortDescription: { text: sentence(plain(title)) },
    fullDescription: { text: sentence(plain(rule.counts ?? title)) },
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      'security-severity': SCORE.get(severity) ?? '0.0',
      precision: proof === 'robustness' ? 'high' : 'very-high',
      // The schema wants each once, GitHub twenty at most.
      tags: [...new Set(['security', ...cwe.map(cweTag), ...owasp.map((one) => `owasp-serverless/${plain(one)}`)])].slice(0, 20),
    },
  }
}

export function levelOf(severity: Severity): 'error' | 'warning' | 'note' {
  if (severity === 'critical' || severity === 'high') return 'error'
  return severity === 'medium' ? 'warning' : 'note'
}

const cweTag = (cwe: string): string =>
  `external/cwe/${plain(cwe)
    .toLowerCase()
    .replace(/-(\d{1,2})$/, (_, n) => `-${n.padStart(3, '0')}`)}`

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

const pascalCase = (id: string): string => id.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase())

const sections = ({ counts, not, blind, remediation }: RuleReport) =>
  (
    [
      ['What counts', counts],
      ['What does not', not],
      ['What cannot be seen', blind],
      ['How to fix it', remediation],
    ] as const
  ).flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]))

const helpText = (rule: RuleReport): string =>
  sections(rule)
    .map(([name, text]) => `${name}: ${plain(text)}`)
    .join('\n')

function helpMarkdown(rule: RuleReport): string {
  const parts = sections(rule).map(([name, text]) => `**${name}:** ${markdown(text)}`)
  // A rule of the user's own could end the fence.
  const code = rule.fix === undefined || rule.fix.includes('```') ? [] : [`\`\`\`js\n${plain(rule.fix, { lines: true })}\n\`\`\``]
  return [...parts, ...code].join('\n\n')
}

// Entities are never markup, neither of Markdown nor of HTML.
const markdown = (text: string): string => plain(text).replace(/[\\`*_{}[\]#+!|<>~@&:$"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
