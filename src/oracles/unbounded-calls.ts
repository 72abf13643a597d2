import type { Observation, Oracle } from '../model/index.js'
import { grownAmounts } from './growing-amounts.js'

/** Calls that the largest number is to cause beyond the smallest: fewer may be pages or retries. */
const LEAST = 30

/** A number of the event decides how many calls the owner pays for. */
export const unboundedCalls: Oracle = {
  id: 'unbounded-calls',
  title: 'A number of the event decides how many calls are made',
  severity: 'medium',
  cwe: ['CWE-770', 'CWE-799'],
  owasp: ['S8'],
  proof: 'growth',
  sinks: [],
  experimental: true,
  remediation: 'Bound the number before the loop; call once for many (batches, conditions on a range).',
  *judge(trial) {
    const grown = grownAmounts(trial)
    if (grown === undefined || grown.what !== 'number') return
    const counts = grown.sized.map(callsOf)
    const [first = 0, second = 0, third = 0, last = 0] = counts
    // Sizes grow by four; a few calls may be made whatever the number is.
    if (last - first < LEAST || last < 3 * third || third < 2 * second) return
    const most = grown.sized.at(-1)!.aws.at(-1)
    yield {
      rule: 'unbounded-calls',
      canary: null,
      sink:
        most === undefined
          ? null
          : { kind: 'aws', api: `${most.service}:${most.operation}`, location: most.location, frames: most.frames },
      anchor: `calls:${grown.at}`,
      cause: `calls:${grown.cause}`,
      evidence: `${grown.at}: ${counts.join(', ')} calls for numbers that grow by four`,
    }
  },
}

const callsOf = ({ aws }: Observation): number => aws.length
