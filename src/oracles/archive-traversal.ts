import type { Oracle } from '../model/index.js'
import { FAR, filesAt } from './path-traversal.js'
import { anchorOf, guilty, sinkOf } from './region.js'

/** Opens what it will write to; asking whether it is there does not. */
const WRITES = /^(?:writeFile|appendFile|open|createWriteStream|mkdir|copyFile|rename|symlink|link)$/

const decoded = (text: string): string => text.replaceAll(/%(?:50|4b|75|73|74|61|72)/gi, (code) => decodeURIComponent(code))

/** An entry of an archive is written where its name says, outside the directory that the archive is unpacked to. */
export const archiveTraversal: Oracle = {
  id: 'archive-traversal',
  title: 'An archive writes outside the directory that it is unpacked to',
  severity: 'high',
  cwe: ['CWE-22', 'CWE-29'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: [],
  remediation:
    'Resolve the directory and the name of each entry, and refuse what does not start with the directory and a separator; or write entries under names of your own.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection?.family !== 'archive-traversal') return
    for (const effect of filesAt(trial, `${FAR}${injection.head}`)) {
      // The bytes of the archive in the path: it was taken for a name itself, which path-traversal is about.
      if (!WRITES.test(effect.op) || /PK|ustar/.test(decoded(effect.path))) continue
      yield {
        rule: 'archive-traversal',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${effect.api} was given ${effect.path} (resolves to ${effect.real}), as an entry of the archive is named`,
      }
    }
  },
}
