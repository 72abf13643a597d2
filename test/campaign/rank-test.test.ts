import { expect } from 'chai'
import { median, rankTest } from '#src/campaign/rank-test.js'

describe('the rank-sum test', () => {
  // Tables of the exact distribution, as statistics books print them.
  const KNOWN: readonly (readonly [first: number[], second: number[], p: number])[] = [
    [[4, 5, 6], [1, 2, 3], 1 / 20],
    [[1, 2, 3], [4, 5, 6], 1],
    [[7, 8, 9, 10, 11, 12], [1, 2, 3, 4, 5, 6], 1 / 924],
    [[2, 4, 6], [1, 3, 5], 7 / 20],
    [[5], [1, 2, 3, 4], 1 / 5],
  ]
  for (const [first, second, p] of KNOWN)
    it(`${first} over ${second}: ${p.toFixed(4)}`, () => expect(rankTest(first, second)).to.be.closeTo(p, 1e-12))

  it('is cautious with ties, and says nothing of nothing', () => {
    expect(rankTest([5, 5, 5], [5, 5, 5])).to.be.greaterThan(0.5)
    expect(rankTest([], [1])).to.equal(1)
  })

  it('is wrong as seldom as it says, where both samples come from one source', () => {
    let seed = 1
    const next = () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    }
    const sample = () => Array.from({ length: 6 }, () => next() ** 3)
    const wrong = Array.from({ length: 4_000 }, () => rankTest(sample(), sample())).filter((p) => p <= 0.05).length
    expect(wrong / 4_000).to.be.within(0.025, 0.055)
  })

  it('knows the middle', () => {
    expect(median([3, 1, 2])).to.equal(2)
    expect(median([4, 1, 2, 3])).to.equal(2.5)
  })
})
