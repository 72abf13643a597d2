import type { Oracle } from '../model/index.js'
import { grownAmounts } from './growing-amounts.js'

const MIB = 2 ** 20
/** What the largest takes beyond the one before: less may be the engine's own. */
const LEAST_BYTES = 24 * MIB

/** A number or a small document of the event decides how much memory the function takes. */
export const unboundedMemory: Oracle = {
  id: 'unbounded-memory',
  title: 'A small event takes as much memory as it likes',
  severity: 'medium',
  cwe: ['CWE-770', 'CWE-409', 'CWE-789'],
  owasp: ['S8'],
  proof: 'growth',
  sinks: [],
  remediation:
    'Bound the number before anything is made of it; give zlib a maxOutputLength, or count what a stream has unpacked and end it.',
  *judge(trial) {
    const grown = grownAmounts(trial)
    if (grown === undefined || grown.sized.some(({ outcome }) => outcome.kind === 'crashed')) return
    const peaks = grown.sized.map(({ rssBytes }) => rssBytes)
    const [first = 0, , third = 0, last = 0] = peaks
    // Sizes grow by four: the last step takes about three times what all before took, and half of it where each event takes the same.
    // The engine collects when it likes: between the two.
    if (last - third < LEAST_BYTES || last - third < 1.2 * (third - first)) return
    yield {
      rule: 'unbounded-memory',
      canary: null,
      sink: null,
      anchor: `swells:${grown.at}`,
      cause: `swells:${grown.cause}`,
      evidence: `${grown.at}: ${peaks.map((bytes) => Math.round(bytes / MIB)).join(', ')} MiB in use at most, for ${grown.what === 'number' ? 'numbers' : 'lengths of packed zeros'} that grow by four`,
    }
  },
}
