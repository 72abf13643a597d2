/** The first of each list, then the second of each. */
export function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  const merged: T[] = []
  for (let i = 0; i < longest; i++) for (const list of lists) if (i < list.length) merged.push(list[i]!)
  return merged
}
