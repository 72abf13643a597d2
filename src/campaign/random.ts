import { createHash } from 'node:crypto'

/** Seed of a unit: units share no state, so shards and workers cannot change what one finds. */
export function unitSeed(runSeed: number, ...unit: readonly string[]): number {
  return createHash('sha256')
    .update([String(runSeed), ...unit].join('\0'))
    .digest()
    .readUInt32BE(0)
}

/** mulberry32: 32 bits of state are plenty for choosing an order. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items]
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[copy[i], copy[j]] = [copy[j]!, copy[i]!]
  }
  return copy
}
