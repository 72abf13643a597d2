/**
 * One-sided exact rank-sum test (Mann and Whitney): how likely the first sample is to rank as high as it does when both come from
 * the same source. For a dozen values or two; ties count half.
 */
export function rankTest(first: readonly number[], second: readonly number[]): number {
  const [n, m] = [first.length, second.length]
  if (n === 0 || m === 0) return 1
  const u = first.reduce((sum, a) => sum + second.reduce((s, b) => s + (a > b ? 1 : a === b ? 0.5 : 0), 0), 0)
  const counts = distribution(n, m)
  const total = counts.reduce((sum, count) => sum + count, 0)
  // Ties make U a half: the smaller whole number is the cautious one.
  const above = counts.slice(Math.floor(u)).reduce((sum, count) => sum + count, 0)
  return above / total
}

/** How many orders of n and m values give each U. */
function distribution(n: number, m: number): number[] {
  let rows: number[][] = Array.from({ length: m + 1 }, () => [1])
  for (let i = 1; i <= n; i++) {
    const next: number[][] = [[1]]
    for (let j = 1; j <= m; j++) next.push(added(shifted(rows[j]!, j), next[j - 1]!))
    rows = next
  }
  return rows[m]!
}

const shifted = (counts: readonly number[], by: number): number[] => [...Array.from({ length: by }, () => 0), ...counts]

const added = (a: readonly number[], b: readonly number[]): number[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0))

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
