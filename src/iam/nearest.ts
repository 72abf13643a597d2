import { actionsOf, servicePrefixes } from './snapshot.js'

/** The real action that a misspelt one most likely means, or undefined when none is near. */
export function nearestAction(action: string): string | undefined {
  const colon = action.indexOf(':')
  if (colon < 0) return undefined
  const [prefix, name] = [action.slice(0, colon).toLowerCase(), action.slice(colon + 1)]
  const service = actionsOf(prefix).size > 0 ? prefix : nearest(prefix, servicePrefixes())
  if (service === undefined) return undefined
  const actions = actionsOf(service)
  const exact = actions.get(name.toLowerCase())
  if (exact !== undefined) return exact.name
  const near = nearest(name.toLowerCase(), [...actions.keys()])
  return near === undefined ? undefined : actions.get(near)?.name
}

/** The known word a misspelt one most likely means: at most a third of its signs differ. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Math.floor(Math.max(word.length, 3) / 3) + 1
  for (const candidate of known) {
    // The lengths alone say that it is too far, which also bounds the work on huge words.
    if (Math.abs(candidate.length - word.length) >= least) continue
    const distance = editDistance(word, candidate)
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

// Asked of every action of a service: two rows that are used again.
let rows: [Uint16Array, Uint16Array] = [new Uint16Array(64), new Uint16Array(64)]

function editDistance(a: string, b: string): number {
  if (rows[0].length <= b.length) rows = [new Uint16Array(2 * b.length), new Uint16Array(2 * b.length)]
  let [row, next] = rows
  for (let j = 0; j <= b.length; j++) row[j] = j
  for (let i = 1; i <= a.length; i++) {
    next[0] = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same)
    }
    ;[row, next] = [next, row]
  }
  return row[b.length]!
}
