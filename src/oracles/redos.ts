import type { Observation, Oracle, Trial, Verdict } from '../model/index.js'

/** Begins the label of a case whose events differ in the length of one text: see campaign/growth.ts. */
const GROWS = 'grows: text at '
/** Least processor time of the largest event, in microseconds: less is nobody's trouble. */
const SLOW_US = 150_000
/** A quadratic cost gives 4 and 64, a proportional one 2 and 8; what else runs on the machine moves single times by a third. */
const LAST_STEP = 2.6
const ALL_STEPS = 20
/** The last events of the series; one before them warms the process up. */
const SIZES = 4

/** A text of the event costs more than in proportion to its length: a pattern that backtracks, a loop in a loop. */
export const redos: Oracle = {
  id: 'redos',
  title: 'Processor time grows faster than a text of the event',
  severity: 'medium',
  cwe: ['CWE-1333', 'CWE-407'],
  owasp: ['S8'],
  proof: 'growth',
  sinks: [],
  supersedes: ['hang'],
  remediation:
    'Bound the length of the text before it is matched; rewrite patterns so that no part can match what its neighbour matches (no (a+)+, no \\s+$ on long texts).',
  *judge(trial) {
    const at = grownField(trial)
    const times = at === undefined ? [] : sized(trial).map(timeOf)
    const [first = 0, , third = 0, last = 0] = times
    // Sizes double: in proportion the last would take twice the third and eight times the first.
    if (times.length < SIZES || last < SLOW_US || last < LAST_STEP * third || last < ALL_STEPS * first) return
    yield verdictOf('redos', trial, at!, `${inMs(times)} ms of processor time for texts of growing length`)
  },
}

const sized = ({ observations }: Trial): readonly Observation[] => observations.slice(1).slice(-SIZES)

const timeOf = ({ outcome, cpuUs }: Observation): number =>
  outcome.kind === 'timed-out' && outcome.spinning ? outcome.afterMs * 1000 : cpuUs

const inMs = (times: readonly number[]): string => times.map((us) => String(Math.round(us / 1000))).join(', ')

/** Wire pointer of the field that grows. */
function grownField({ case: { draft, stage } }: Trial): string | undefined {
  const [label] = draft.labels
  return stage === 'sequence' && label?.startsWith(GROWS) === true ? label.slice(GROWS.length) : undefined
}

const verdictOf = (rule: string, { case: { canaries } }: Trial, at: string, evidence: string): Verdict => ({
  rule,
  canary: canaries.find(({ point }) => point.wire === at) ?? null,
  sink: null,
  anchor: `grows:${at}`,
  evidence: `${at}: ${evidence}`,
})
