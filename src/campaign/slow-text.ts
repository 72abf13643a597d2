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

type Pair = Pick<SlowText, 'before' | 'pump'>

/** Each repetition of a group within a group multiplies the ways: a few are enough. */
const EXPONENTIAL = { most: 34, timeoutMs: 150 }
const POLYNOMIAL = { most: 24_000, timeoutMs: 400 }
/** A single text that takes longer is told from what all take together. */
const SEEN_MS = 20
/** What is slow with many repetitions may be fast with few: so many others are looked for. */
const ROUNDS = 4
const LENGTHS = [3_000, 6_000, 12_000, 24_000]
/** Of the largest size, in milliseconds: enough to be seen, and no more than has to be. */
const SLOW_MS = 200
const LONGEST = 300
const MOST_GROUPS = 4
/** Signs of what a group matches: longer ones would be cut off by the function before they are slow. */
const MOST_PUMP = 16
const AFTER = '\0\n!'

/**
 * Looks for such a text by trying: beginnings of texts that match, then a repeated part of what comes next. The pattern is the
 * function's own, so it runs in a context that is cut off; what ran when it was cut off is the answer. What the function makes of
 * it decides: this only proposes.
 */
export function slowText(source: string, flags: string): SlowText | undefined {
  if (source.length > LONGEST || !/[*+}]/.test(source)) return undefined
  const plain = flags.replace(/[gyd]/g, '')
  const parts = repeatedGroups(source).flatMap((group) => samplesOf(`^${group}$`, plain))
  // Blanks that may stand before and behind are what is most often matched in two ways.
  const pumps = parts.filter(({ length }) => length <= MOST_PUMP).flatMap((part) => [part, `${part} `])
  const search = { source, flags: plain, samples: samplesOf(source, plain), pumps: [...new Set(pumps)], after: AFTER }
  const skip: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const pairs = slowOnes({ ...search, most: EXPONENTIAL.most, repeats: true }, skip, EXPONENTIAL.timeoutMs)
    for (const pair of pairs.slice(0, ROUNDS)) {
      const counts = enough(source, plain, pair)
      if (counts !== undefined) return { ...pair, after: AFTER, counts }
      skip.push(`${pair.before}\0${pair.pump}`)
    }
    if (pairs.length === 0) break
  }
  const many = slowOnes({ ...search, most: POLYNOMIAL.most, repeats: false }, [], POLYNOMIAL.timeoutMs)
  const slow = many.slice(0, ROUNDS).find((pair) => staysSlow(source, plain, pair))
  return slow && { ...slow, after: AFTER, counts: LENGTHS }
}

/** The least repetitions that are slow, and what comes before them; undefined where few are not slow at all. */
function enough(source: string, flags: string, { before, pump }: Pair): readonly number[] | undefined {
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

/** A process that has to wait is slow once, and not three times in a row. */
function staysSlow(source: string, flags: string, { before, pump }: Pair): boolean {
  const globals = { source, flags, text: before + pump.repeat(POLYNOMIAL.most / pump.length) + AFTER }
  try {
    return Number(runInNewContext(LEAST_OF_THREE, globals, { timeout: POLYNOMIAL.timeoutMs })) > SEEN_MS
  } catch {
    return true
  }
}

const LEAST_OF_THREE = `
  const pattern = new RegExp(source, flags)
  let least = Infinity
  for (let i = 0; i < 3; i++) {
    const since = Date.now()
    pattern.test(text)
    least = Math.min(least, Date.now() - since)
  }
  least
`

/** Groups of a pattern that are repeated without end, innermost first: what one of them matches may be matched in two ways. */
function repeatedGroups(source: string): readonly string[] {
  const open: number[] = []
  const groups: string[] = []
  for (const { 0: part, index } of source.matchAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[()]/g)) {
    if (part === '(') open.push(index)
    if (part !== ')') continue
    const from = open.pop()
    if (from !== undefined && /^(?:[*+]|\{\d*,\})/.test(source.slice(index + 1, index + 8)))
      groups.push(source.slice(from, index + 1))
  }
  return groups.slice(0, MOST_GROUPS)
}

function samplesOf(source: string, flags: string): readonly string[] {
  try {
    const texts = fc.stringMatching(new RegExp(source, flags.replace('i', '')), { size: 'xsmall' })
    return fc.sample(texts, { seed: 1, numRuns: 4 })
  } catch {
    return [''] // look-around and the like
  }
}

interface Search {
  readonly source: string
  readonly flags: string
  readonly samples: readonly string[]
  /** Parts to repeat, beside those of the samples. */
  readonly pumps: readonly string[]
  /** Signs of what is repeated, or how often it is. */
  readonly most: number
  readonly repeats: boolean
  readonly after: string
}

/** What was slow in one go: the one that was cut off, or those that took long. */
function slowOnes(search: Search, skip: readonly string[], timeout: number): readonly Pair[] {
  const globals = { ...search, skip, slowMs: SEEN_MS, current: ['', ''], since: Date.now(), slow: [] }
  try {
    runInNewContext(TRY_ALL, globals, { timeout })
  } catch {
    if (Date.now() - globals.since > timeout / 2) return pairsOf([globals.current])
  }
  return pairsOf(globals.slow)
}

/** What comes from another context is looked at before it is believed. */
const pairsOf = (told: unknown): readonly Pair[] =>
  (Array.isArray(told) ? told : []).flatMap((pair: unknown) => {
    const [before, pump] = Array.isArray(pair) ? pair : []
    return typeof before === 'string' && typeof pump === 'string' && pump !== '' ? [{ before, pump }] : []
  })

const TRY_ALL = `
  const pattern = new RegExp(source, flags)
  const seen = new Set(skip)
  for (let at = 0; at <= 24; at++) {
    for (const sample of samples) {
      if (at > sample.length) continue
      const [before, next] = [sample.slice(0, at), sample.slice(at)]
      for (const pump of [next.slice(0, 1), next.slice(0, 2), next.slice(0, 3), 'a', '1', ' ', 'a ', 'a.', 'a,', ...pumps]) {
        const key = before + '\\0' + pump
        if (pump === '' || seen.has(key)) continue
        seen.add(key)
        current = [before, pump]
        since = Date.now()
        pattern.test(before + pump.repeat(repeats ? most : most / pump.length) + after)
        if (Date.now() - since > slowMs) slow.push(current)
      }
    }
  }
`
