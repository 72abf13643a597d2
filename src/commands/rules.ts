import { nearest, type RuleSetting } from '../config/index.js'
import { ConfigError, type Oracle, type RuleReport, type Severity } from '../model/index.js'
import { explanationOf, PROOFS } from '../oracles/explanations.js'
import { oracles } from '../oracles/index.js'

/** All rules, or the one named; an unknown name is one line that lists the known ones. */
export const rules = (id?: string): readonly Oracle[] => (id === undefined ? oracles : named(id, oracles))

function named(id: string, all: readonly Oracle[]): readonly Oracle[] {
  const found = all.filter((oracle) => oracle.id === id)
  if (found.length > 0) return found
  const known = all.map((oracle) => oracle.id)
  const near = nearest(id, known)
  throw new ConfigError(`No rule '${id}'. Known: ${known.join(', ')}${near === undefined ? '' : `. Did you mean '${near}'?`}`)
}

export interface RuleChoice {
  /** Only these, when there are any; naming an experimental rule asks for it. */
  readonly wanted: readonly string[]
  readonly unwanted: readonly string[]
  readonly experimental: boolean
  /** The configuration's own word on rules. */
  readonly settings: Readonly<Record<string, RuleSetting>>
  readonly user: readonly Oracle[]
}

/** The rules a run uses. */
export function chooseRules({ wanted, unwanted, experimental, settings, user }: RuleChoice): readonly Oracle[] {
  const all = [...oracles, ...user]
  const excluded = [...unwanted, ...idsWith(settings, 'off')].flatMap((id) => named(id, all))
  const asked = new Set([...wanted, ...idsWith(settings, 'on')].flatMap((id) => named(id, all)))
  const included = all.filter((oracle) =>
    wanted.length > 0 ? asked.has(oracle) : oracle.experimental !== true || experimental || asked.has(oracle),
  )
  for (const id of Object.keys(settings)) named(id, all)
  return included.filter((oracle) => !excluded.includes(oracle)).map((oracle) => tuned(oracle, settings[oracle.id]))
}

const idsWith = (settings: RuleChoice['settings'], wanted: RuleSetting): readonly string[] =>
  Object.keys(settings).filter((id) => settings[id] === wanted)

/** With the severity that the configuration gives it. */
function tuned(oracle: Oracle, setting: RuleSetting | undefined): Oracle {
  if (setting === undefined || setting === 'on' || setting === 'off') return oracle
  const severity: Severity = setting
  return {
    ...oracle,
    severity,
    *judge(trial) {
      for (const verdict of oracle.judge(trial)) yield { ...verdict, severity, severityReason: 'as the configuration says' }
    },
  }
}

/** A rule as a report holds it: reports explain themselves without the version that made them. */
export function ruleReport({ id, title, severity, proof, cwe, owasp, remediation }: Oracle): RuleReport {
  const { counts, not, blind, fix } = explanationOf(id) ?? {}
  const documented = Object.entries({ counts, not, blind, fix }).filter(([, text]) => text !== undefined)
  return { ...{ id, title, severity, proof, cwe, owasp, remediation }, ...Object.fromEntries(documented) }
}

/** All that there is to say of a rule, for a terminal. */
export function ruleText(oracle: Oracle): string {
  const { id, title, severity, proof, cwe, owasp, experimental, remediation } = oracle
  const explanation = explanationOf(id)
  const parts = [
    ['counts', explanation?.counts],
    ['does not', explanation?.not],
    ['proven', PROOFS[proof]],
    ['cannot see', explanation?.blind],
    ['fix', remediation],
    ['', explanation?.fix],
  ] as const
  return [
    `${id}${experimental ? ' (experimental: off unless asked for)' : ''}`,
    title,
    `${severity}; ${cwe.join(', ')}; OWASP Serverless ${owasp.join(', ')}; proof: ${proof}`,
    '',
    ...parts
      .filter(([, text]) => text !== undefined)
      .map(([name, text]) => `${name.padEnd(12)}${text!.replaceAll('\n', `\n${' '.repeat(12)}`)}`),
  ].join('\n')
}
