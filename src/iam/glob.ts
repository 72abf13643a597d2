/**
 * Globs of `*` and `?`, as IAM knows them. No RegExp: a policy is hostile input. Greedy with one way back, so at most
 * length x length steps, however many stars.
 */
export const matchesGlob = (pattern: string, text: string): boolean => walk(pattern, text, false)

/** True when `outer` matches everything that `inner` matches. Never wrongly true. */
export const containsGlob = (outer: string, inner: string): boolean => walk(outer, inner, true)

/** `wild`: the text is itself a glob, whose star only a star may take. */
function walk(pattern: string, text: string, wild: boolean): boolean {
  let p = 0
  let t = 0
  let star = -1
  let mark = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      mark = t
    } else if (p < pattern.length && takes(pattern[p]!, text[t]!, wild)) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++mark
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

const takes = (sign: string, letter: string, wild: boolean): boolean =>
  sign === '?' ? !(wild && letter === '*') : sign === letter

/** True when some text is matched by both. */
export function globsOverlap(a: string, b: string): boolean {
  if (!hasWildcard(a)) return matchesGlob(b, a)
  if (!hasWildcard(b)) return matchesGlob(a, b)
  if (a === '*' || b === '*') return true
  return meetSomewhere(a.replace(/\*{2,}/g, '*'), b.replace(/\*{2,}/g, '*'))
}

// Asked of every format of a service and every pattern: two rows that are used again, not new ones for each sign.
let spare: readonly [Uint8Array, Uint8Array] = [new Uint8Array(0), new Uint8Array(0)]

function meetSomewhere(left: string, right: string): boolean {
  if (spare[0].length <= right.length) spare = [new Uint8Array(2 * right.length + 1), new Uint8Array(2 * right.length + 1)]
  // row[j]: the first i signs of left and the first j of right can stand for one text
  let [row, next] = spare
  row[0] = 1
  for (let j = 1; j <= right.length; j++) row[j] = right[j - 1] === '*' ? row[j - 1]! : 0
  for (let i = 1; i <= left.length; i++) {
    const sign = left[i - 1]!
    next[0] = sign === '*' ? row[0]! : 0
    for (let j = 1; j <= right.length; j++) next[j] = meet(sign, right[j - 1]!, row[j - 1]!, row[j]!, next[j - 1]!)
    ;[row, next] = [next, row]
  }
  return row[right.length] === 1
}

/** A star stands for nothing (it is passed) or for what the other side stands for. */
const meet = (a: string, b: string, both: number, withoutA: number, withoutB: number): number =>
  a === '*' || b === '*' ? withoutA | withoutB : both & Number(a === b || a === '?' || b === '?')

export const hasWildcard = (text: string): boolean => text.includes('*') || text.includes('?')
