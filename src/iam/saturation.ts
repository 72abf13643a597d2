import type { Evidence } from '../model/index.js'
import { usesOf } from './exercised.js'

/** How far the permissions of a target have been seen. */
export interface Saturation {
  /** Distinct actions on distinct resources. */
  readonly permissions: number
  /** Of what the draws needed, what only one of them needed. */
  readonly once: number
  readonly cases: number
  /** The case with AWS calls, counted from 1, that last brought one that was new. */
  readonly lastNew: number
  /** Executions that the estimate stands on: those that nothing learnt steered, or all where nobody told them apart. */
  readonly draws: number
  /** True when the draws are a fair sample. */
  readonly unguided: boolean
  /** Good-Turing: how likely the next execution needs another permission. An estimate; undefined without cases. */
  readonly next: number | undefined
}

/** Executions of the run that made the evidence: those without any call are draws too. */
export interface RunSize {
  readonly executions: number
  /** Of them, random valid events that nothing steered. */
  readonly unguided?: number | undefined
}

/** Objects of a bucket are data: another key is no other permission. */
const withoutData = (arn: string): string => (/^arn:[^:]*:s3:::/.test(arn) ? arn.replace(/\/.*/s, '/*') : arn)

/** Counts over honest calls, in the order of the evidence. */
export function saturationOf(evidence: readonly Evidence[], run: RunSize = { executions: 0 }): Saturation {
  const cases = new Map<string, number>()
  const seenIn = new Map<string, Set<string>>()
  const fair = new Set<string>()
  let lastNew = 0
  for (const line of evidence) {
    if (line.caseId === null) continue
    if (!cases.has(line.caseId)) cases.set(line.caseId, cases.size + 1)
    if (line.unguided) fair.add(line.caseId)
    for (const { action, resource, origin, certainty } of usesOf([line])) {
      if (origin !== 'honest' || certainty === 'may') continue
      const key = `${action} ${withoutData(resource)}`
      if (!seenIn.has(key)) lastNew = cases.get(line.caseId)!
      seenIn.set(key, (seenIn.get(key) ?? new Set<string>()).add(line.caseId))
    }
  }
  return { permissions: seenIn.size, cases: cases.size, lastNew, ...estimate([...seenIn.values()], cases, fair, run) }
}

function estimate(
  seenIn: readonly ReadonlySet<string>[],
  cases: ReadonlyMap<string, number>,
  fair: ReadonlySet<string>,
  { executions, unguided = 0 }: RunSize,
): Pick<Saturation, 'once' | 'draws' | 'unguided' | 'next'> {
  const isFair = unguided > 0 || fair.size > 0
  const draws = isFair ? Math.max(unguided, fair.size) : Math.max(cases.size, executions)
  // What guidance alone has shown is known, whatever the draws say of it.
  const counts = seenIn.map((ids) => (isFair ? [...ids].filter((id) => fair.has(id)).length : ids.size))
  const once = counts.filter((count) => count === 1).length
  return { once, draws, unguided: isFair, next: cases.size === 0 ? undefined : once / draws }
}
