import { defineOracle } from '../../dist/index.js'

const MARKER = /ef[a-z2-7]{10}z/i

/** Tells which sinks event data gets to: a twin that brings none there proves nothing by its silence. */
export default defineOracle({
  id: 'reaches',
  title: 'Event data reaches a sink',
  severity: 'low',
  proof: 'contract',
  cwe: [],
  owasp: [],
  sinks: [],
  remediation: '',
  *judge(trial) {
    for (const { effects, outcome, log } of trial.observations) {
      const texts = effects.map((effect) => [effect.kind, JSON.stringify(effect)])
      const answer = outcome.kind === 'returned' ? (JSON.parse(outcome.text) ?? {}) : {}
      for (const [name, value] of Object.entries(answer.headers ?? {})) texts.push([name.toLowerCase(), String(value)])
      texts.push(['body', String(answer.body)], ['log', log])
      const kinds = new Set(texts.filter(([, text]) => MARKER.test(text)).map(([kind]) => kind))
      for (const kind of kinds) yield { anchor: kind, evidence: `reaches ${kind}` }
    }
  },
})
