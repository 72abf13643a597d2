import type { Evidence } from '../model/index.js'
import { usesOf } from './exercised.js'

/** How far the permissions of a target have been seen. */
export interface Saturation {
  /** Distinct actions on distinct resources. */
  readonly permissions: number
  /** Of them, those that only one case needed. */
  readonly once: number
  readonly cases: number
  /** The case with AWS calls, counted from 1, that last brought one that was new. */
  readonly lastNew: number
  /** Good-Turing: how likely the next execution needs another permission. Guided cases make it an estimate; undefined without cases. */
  readonly next: number | undefined
}

/** Objects of a bucket are data: another key is no other permission. */
const withoutData = (arn: string): string => (/^arn:[^:]*:s3:::/.test(arn) ? arn.replace(/\/.*/s, '/*') : arn)

/** Counts over honest calls, in the order of the evidence. `executions` of the run: those without any call are draws too. */
export function saturationOf(evidence: readonly Evidence[], executions = 0): Saturation {
  const cases = new Map<string, number>()
  const seenIn = new Map<string, Set<string>>()
  let lastNew = 0
  for (const line of evidence) {
    if (line.caseId === null) continue
    if (!cases.has(line.caseId)) cases.set(line.caseId, cases.size + 1)
    for (const { action, resource, origin, certainty } of usesOf([line])) {
      if (origin !== 'honest' || certainty === 'may') continue
      const key = `${action} ${withoutData(resource)}`
      if (!seenIn.has(key)) lastNew = cases.get(line.caseId)!
      seenIn.set(key, (seenIn.get(key) ?? new Set<string>()).add(line.caseId))
    }
  }
  const once = [...seenIn.values()].filter(({ size }) => size === 1).length
  const next = cases.size === 0 ? undefined : once / Math.max(cases.size, executions)
  return { permissions: seenIn.size, once, cases: cases.size, lastNew, next }
}
