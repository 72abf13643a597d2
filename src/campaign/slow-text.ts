import { runInNewContext } from 'node:vm'
import fc from 'fast-check'

/** A text that a pattern is slow on: what must stand before, what is repeated how often, and what keeps it from matching. */
export interface SlowText {
  readonly before: string
  readonly pump: string
  readonly after: string
  /** Repetitions in the sizes to try, smallest first. */
  readonly counts: readonly number[]
}

/** Each repetition of a group within a group multiplies the ways: a few are enough. */
const EXPONENTIAL = { most: 34, timeoutMs: 150 }
const POLYNOMIAL = { most: 24_000, timeoutMs: 400 }
const LENGTHS = [3_000, 6_000, 12_000, 24_000]
/** Of the largest size, in milliseconds: enough to be seen, and no more than has to be. */
const SLOW_MS = 200
const LONGEST = 300
const AFTER = '\0\n!'

/**
 * Looks for such a text by trying: beginnings of texts that match, then a repeated part of what comes next. The pattern is the
 * function's own, so it runs in a context that is cut off; what ran when it was cut off is the answer. What the function makes of
 * it decides: this only proposes.
 */
export function slowText(source: string, flags: string): SlowText | undefined {
  if (source.length > LONGEST || !/[*+}]/.test(source)) return undefined
  const plain = flags.replace(/[gyd]/g, '')
  const samples = samplesOf(source, plain)
  const search = { source, flags: plain, samples, after: AFTER }
  const steep = cutOff({ ...search, most: EXPONENTIAL.most, repeats: true }, EXPONENTIAL.timeoutMs)
  const counts = steep && enough(source, plain, steep)
  if (steep !== undefined && counts !== undefined) return { ...steep, after: AFTER, counts }
  const slow = cutOff({ ...search, most: POLYNOMIAL.most, repeats: false }, POLYNOMIAL.timeoutMs)
  return slow && { ...slow, after: AFTER, counts: LENGTHS }
}

/** The least repetitions that are slow, and what comes before them; undefined where few are not slow at all. */
function enough(
  source: string,
  flags: string,
  { before, pump }: Pick<SlowText, 'before' | 'pump'>,
): readonly number[] | undefined {
  const step = 2 * pump.length
  for (let count = 6 * step; count <= EXPONENTIAL.most * pump.length; count += step) {
    const globals = { source, flags, text: before + pump.repeat(count / pump.length) + AFTER }
    try {
      runInNewContext('new RegExp(source, flags).test(text)', globals, { timeout: SLOW_MS })
    } catch {
      // One size more: what stands around the pattern costs something too.
      return [5, 3, 1, -1].map((less) => count - less * step)
    }
  }
  return undefined
}

function samplesOf(source: string, flags: string): readonly string[] {
  try {
    return fc.sample(fc.stringMatching(new RegExp(source, flags.replace('i', ''))), { seed: 1, numRuns: 4 })
  } catch {
    return [''] // look-around and the like
  }
}

interface Search {
  readonly source: string
  readonly flags: string
  readonly samples: readonly string[]
  /** Signs of what is repeated, or how often it is. */
  readonly most: number
  readonly repeats: boolean
  readonly after: string
}

function cutOff(search: Search, timeout: number): Pick<SlowText, 'before' | 'pump'> | undefined {
  const globals = { ...search, current: ['', ''] as [string, string], began: false }
  try {
    runInNewContext(TRY_ALL, globals, { timeout })
    return undefined
  } catch {
    const [before, pump] = globals.current
    return globals.began && typeof before === 'string' && typeof pump === 'string' && pump !== '' ? { before, pump } : undefined
  }
}

const TRY_ALL = `
  const pattern = new RegExp(source, flags)
  const seen = new Set()
  for (const sample of samples) {
    for (let at = 0; at <= Math.min(sample.length, 24); at++) {
      const next = sample.slice(at)
      for (const pump of new Set([next.slice(0, 1), next.slice(0, 2), next.slice(0, 3), 'a', '1', ' ', 'a ', 'a.', 'a,'])) {
        const before = sample.slice(0, at)
        if (pump === '' || seen.has(before + '\\0' + pump)) continue
        seen.add(before + '\\0' + pump)
        current = [before, pump]
        began = true
        pattern.test(before + pump.repeat(repeats ? most : most / pump.length) + after)
      }
    }
  }
`
