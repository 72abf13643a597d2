import type { Effect, Oracle, Trial } from '../model/index.js'
import { FAR, filesAt } from './path-traversal.js'
import { anchorOf, effectsOf, guilty, sinkOf } from './region.js'

/** A parser loads what an entity of the sender's document names. */
export const xmlExternalEntity: Oracle = {
  id: 'xml-external-entity',
  title: 'XML of the event loads files or hosts that it names',
  severity: 'high',
  cwe: ['CWE-611'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: [],
  experimental: true,
  remediation: 'Refuse documents with a DOCTYPE, and leave the loading of entities off (no `noent`, no resolver of your own).',
  *judge(trial) {
    const { injection } = trial.case
    if (injection?.family !== 'xml-external-entity') return
    for (const effect of [...filesAt(trial, `${FAR}${injection.head}`), ...hostsOf(trial, injection.head)]) {
      yield {
        rule: 'xml-external-entity',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${effect.api} was given ${effect.kind === 'fs' ? effect.path : effect.kind === 'connect' ? effect.host : ''}, the system identifier of an entity`,
      }
    }
  },
}

const hostsOf = (trial: Trial, head: string): readonly Effect[] =>
  [...effectsOf(trial, 'connect')].filter(({ host }) => host.toLowerCase() === `${head}.invalid`)
