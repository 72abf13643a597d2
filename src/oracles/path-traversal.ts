import { posix } from 'node:path'
import type { EffectOf, Oracle, Trial } from '../model/index.js'
import { anchorOf, effectsOf, guilty, sinkOf } from './region.js'

/** A directory that no function uses: a path can only get there through the payload's own `../` or leading slash. */
export const FAR = '/var/opt/'

/** The resolved path went where the payload pointed, instead of below the handler's own directory. */
export const pathTraversal: Oracle = {
  id: 'path-traversal',
  title: 'Event data chooses a file outside its directory',
  severity: 'high',
  cwe: ['CWE-22'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['fs', 'module'],
  remediation:
    'Resolve the path and check that it starts with the base directory plus a separator, or use path.basename() or an allow-list of names.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null || injection.family in DOCUMENTS) return
    const goal = `${FAR}${injection.head}`
    const fs = filesAt(trial, goal)
    const modules = [...effectsOf(trial, 'module')].filter((effect) =>
      moduleFile(effect.specifier).toLowerCase().startsWith(goal),
    )
    for (const effect of [...fs, ...modules]) {
      yield {
        rule: 'path-traversal',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${effect.api} was given ${pathOf(effect)}: the payload chose the directory ${FAR}`,
      }
    }
  },
}

/** Files that were reached where the payload pointed; with rules of their own for what a document names. */
export const filesAt = (trial: Trial, goal: string): readonly EffectOf<'fs'>[] =>
  [...effectsOf(trial, 'fs')].filter((effect) => effect.real.toLowerCase().startsWith(goal))

const DOCUMENTS = { 'archive-traversal': true, 'xml-external-entity': true }

/** Deeper than a function's own files lie and less deep than the payload climbs. */
const ANY_DIRECTORY = '/1/2/3/4/5/6/7/8/9'

const moduleFile = (specifier: string): string => posix.resolve(ANY_DIRECTORY, specifier.replace(/^file:\/\/(?=\/)/, ''))

const pathOf = (effect: EffectOf<'fs'> | EffectOf<'module'>): string =>
  effect.kind === 'fs' ? `${effect.path} (resolves to ${effect.real})` : effect.specifier
