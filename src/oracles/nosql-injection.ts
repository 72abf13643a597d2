import type { EffectOf, Injection, Oracle, Trial } from '../model/index.js'
import { leavesJavaScriptToken } from './lexers/javascript.js'
import { filtersIn, operatorsIn, scriptsIn } from './lexers/mongodb.js'
import { anchorOf, effectsOf, excerpt, guilty, regionsOf, sinkOf } from './region.js'

/** Event data is a condition of a query to MongoDB, or part of a script that its server runs. */
export const nosqlInjection: Oracle = {
  id: 'nosql-injection',
  title: 'Event data changes a query to MongoDB',
  severity: 'high',
  cwe: ['CWE-943'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['nosql'],
  remediation:
    'Check that a value is text before it stands in a filter (a schema, typeof, String()), or compare with { $eq: value }; build no $where or $function from data.',
  *judge(trial) {
    for (const effect of commandsOf(trial)) {
      const { injection } = trial.case
      const shown = injection === null ? undefined : (operator(effect, injection) ?? script(effect, injection))
      if (shown === undefined) continue
      yield {
        rule: 'nosql-injection',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: shown,
      }
    }
  },
}

const commandsOf = (trial: Trial): readonly EffectOf<'aws'>[] =>
  [...effectsOf(trial, 'aws')].filter(({ service }) => service === 'mongodb')

/** An operator of the payload stands where the function meant a value. One of the function's own has more for its operand. */
function operator({ operation, params }: EffectOf<'aws'>, { family, payload, head }: Injection): string | undefined {
  if (!FAMILIES.has(family)) return undefined
  const own = OPERATORS.get(payload.replace('named-', ''))
  for (const filter of filtersIn(params)) {
    for (const { field, name, operand } of operatorsIn(filter))
      if (operand === head && (own === undefined || own === name))
        return `${operation} compares ${field} with ${JSON.stringify({ [name]: operand })}: the operator is the sender’s`
  }
  return undefined
}

const FAMILIES = new Set(['nosql-operators', 'nosql-keys'])

/** Payloads of the families: another operator around the marker is the function's own. */
const OPERATORS = new Map([
  ['not-equal', '$ne'],
  ['field-not-equal', '$ne'],
  ['greater', '$gt'],
  ['pattern', '$regex'],
])

function script({ operation, params }: EffectOf<'aws'>, injection: Injection): string | undefined {
  for (const [name, text] of scriptsIn(params)) {
    const region = regionsOf(text, injection).find((found) => leavesJavaScriptToken(text, found))
    if (region !== undefined) return `${name} of ${operation}: ${excerpt(text, region)}`
  }
  return undefined
}
