import { executionsOf } from '../../campaign/runner.js'
import type { StoredCase } from '../../campaign/stored-case.js'
import { toldApart } from '../../campaign/told-apart.js'
import type { Case, Session, Target, Trial } from '../../model/index.js'
import type { Run } from '../replay.js'

const TIMES = 6

/** Both sides of a pair in turns, six times each: it reproduces when the function tells them apart again. */
export async function replayPair(
  stored: StoredCase,
  twin: Case['steps'],
  target: Target,
  session: Session,
  signal: AbortSignal,
): Promise<{ readonly runs: readonly Run[]; readonly k: number; readonly n: number }> {
  const sides: readonly [Trial[], Trial[]] = [[], []]
  let n = 0
  for (let i = 0; i < TIMES && !signal.aborted; i++) {
    // Which side is first changes: what only drifts with time is not told apart.
    for (const side of i % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const steps = side === 0 ? stored.steps : twin
      const batch = executionsOf({ source: stored.source, steps, wire: stored.case.wire }, 'proof', target.timeoutMs, () => ++n)
      const observations = await session.run(batch, signal)
      if (observations.every(({ lost }) => lost === undefined))
        sides[side].push({ case: { ...stored.case, steps } as Case, observations, secrets: session.secrets })
    }
  }
  const isWhole = sides.every((side) => side.length === TIMES)
  const told = isWhole ? toldApart(stored.case.injection?.family.endsWith('-timing') ? 'timing' : 'boolean', ...sides) : undefined
  const text = told ?? (isWhole ? 'both sides are answered alike' : 'not every side could be run')
  return { runs: [{ fired: told !== undefined, judged: isWhole, text }], k: told === undefined ? 0 : TIMES, n: TIMES }
}
