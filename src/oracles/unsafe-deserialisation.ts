import type { Oracle, Sink, Trial } from '../model/index.js'
import { leavesJavaScriptToken } from './lexers/javascript.js'
import { effectsOf, excerpt, guilty, regionsIn, sinkOf } from './region.js'

/** A document of the event becomes a function: what reads it compiles or runs code. */
export const unsafeDeserialisation: Oracle = {
  id: 'unsafe-deserialisation',
  title: 'A document of the event makes functions',
  severity: 'critical',
  cwe: ['CWE-502'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: [],
  remediation:
    'Read documents with JSON.parse, or YAML with a schema that has no functions (js-yaml 4, or safeLoad before it); no library that keeps functions.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection?.family !== 'unsafe-deserialisation') return
    const shown = compiled(trial) ?? printed(trial)
    if (shown !== undefined)
      yield {
        rule: 'unsafe-deserialisation',
        canary: guilty(trial),
        anchor: 'document',
        sink: shown.sink,
        evidence: shown.evidence,
      }
  },
}

interface Shown {
  readonly sink: Sink
  readonly evidence: string
}

function compiled(trial: Trial): Shown | undefined {
  const { head, tail } = trial.case.injection!
  for (const effect of effectsOf(trial, 'code')) {
    const region = regionsIn(effect.source, head, tail).find((found) => leavesJavaScriptToken(effect.source, found))
    if (region !== undefined)
      return { sink: sinkOf(effect), evidence: `${effect.how} was given: ${excerpt(effect.source, region)}` }
  }
  return undefined
}

/** Only code that runs joins the two halves and prints them. */
function printed(trial: Trial): Shown | undefined {
  const { joined } = trial.case.injection!
  if (!trial.observations.some(({ log }) => log.includes(joined))) return undefined
  const sink: Sink = { kind: 'code', api: 'unserialise', location: null, frames: [] }
  return { sink, evidence: `A function of the document ran: it printed ${joined}` }
}
