/** Discovery only: which counted places of instrumented code (src/invokers/cover.ts) were reached, each told once. */
const MOST = 100_000
const reached = new Set<number>()
const fresh: number[] = []

/** What was reached for the first time since this was last asked. */
export const takeHits = (): readonly number[] => fresh.splice(0)

function hit(id: number): void {
  if (reached.has(id) || reached.size >= MOST) return
  reached.add(id)
  fresh.push(id)
}

export function watchCoverage(): void {
  Object.assign(globalThis, {
    __eventfuzz_hit__: hit,
    __eventfuzz_branch__: (id: number, value: unknown) => {
      hit(value ? id : id + 1)
      return value
    },
  })
}
