import type { Finding, Invoker, Oracle, Session, Target } from '../model/index.js'
import type { KnownFinding } from './known-findings.js'
import { type Run, runOnce } from './replay.js'

/** What became of a known finding: shown in k of n fresh processes. */
export interface Retested {
  readonly kind: 'retested'
  readonly finding: Finding
  readonly reproduced: { readonly k: number; readonly n: number }
}

const RUNS = 3
/** Something that shows every third time is silent 10 times in a row once in 60 tries. */
const FLAKY_RUNS = 10

export interface RetestOptions {
  readonly rules: readonly Oracle[]
  /** Time (of `now`) after which no further finding is begun. */
  readonly until: number
  now(): number
}

/**
 * Runs the cases of what is known of a target, each in fresh processes. Of what could not be run nothing is said: it was not tested.
 */
export async function* retest(
  target: Target,
  known: readonly KnownFinding[],
  invoker: Invoker,
  { rules, until, now }: RetestOptions,
  signal: AbortSignal,
): AsyncGenerator<Retested> {
  if (known.length === 0 || signal.aborted) return
  const opened = await invoker.open(target)
  if (opened.kind === 'not-loaded') return
  await using session = opened.session
  let fresh = true
  for (const one of known) {
    if (signal.aborted || now() > until) return
    const reproduced = await tried(one, target, session, rules, signal, fresh)
    fresh = false
    if (reproduced !== undefined) yield { kind: 'retested', finding: one.finding, reproduced }
  }
}

/** Shown by the first run, it is there. Silent, it has to be silent as often as it takes to tell; once it shows after that, it is flaky. */
async function tried(
  { finding, stored, state }: KnownFinding,
  target: Target,
  session: Session,
  rules: readonly Oracle[],
  signal: AbortSignal,
  fresh: boolean,
): Promise<Retested['reproduced'] | undefined> {
  const isFlaky = finding.status === 'flaky'
  const runs: Run[] = []
  for (let i = 0; i < (isFlaky ? FLAKY_RUNS : RUNS) && !isSettled(runs, state, isFlaky); i++) {
    if (!fresh || i > 0) await session.renew()
    const run = await runOnce(stored, target, session, i, signal, rules)
    if (signal.aborted || !run.judged) return undefined
    runs.push(run)
  }
  return { k: runs.filter(({ fired }) => fired).length, n: runs.length }
}

/** What was fixed is silent as a rule, and one look is enough; that it came back needs all of them. */
function isSettled(runs: readonly Run[], state: KnownFinding['state'], isFlaky: boolean): boolean {
  const fired = runs.some((run) => run.fired)
  return state === 'fixed' ? runs.length === 1 && !fired : fired && (isFlaky || runs.length === 1)
}
