import { expect } from 'chai'
import { Queue } from '#src/campaign/queue.js'
import type { Variant } from '#src/campaign/variant.js'

describe('which honest event is looked into next', () => {
  const named = (name: string) => ({ name }) as unknown as Variant
  const order = (names: readonly string[], deep: readonly string[], met: Readonly<Record<string, number>> = {}) => {
    const all = names.map(named)
    const nameOf = (one: Variant) => (one as unknown as { name: string }).name
    const queue = new Queue(
      all,
      (one) => deep.includes(nameOf(one)),
      (one) => met[nameOf(one)] ?? 0,
    )
    const seen: string[] = []
    for (let next = queue.next(); next !== undefined; next = queue.next()) seen.push(nameOf(next))
    return seen.join('')
  }

  it('takes the latest behind an opened condition, in turns with the one that waits longest', () => {
    expect(order(['a', 'b', 'c', 'd', 'e'], ['c', 'd'])).to.equal('dacbe')
  })

  it('takes the rarest way of behaving where no condition was opened', () => {
    expect(order(['a', 'b', 'c', 'd'], [], { a: 9, b: 3, c: 1, d: 5 })).to.equal('cabd')
  })

  it('takes each once, those that come later too', () => {
    const list = [named('a')]
    const queue = new Queue(
      list,
      () => false,
      () => 0,
    )
    const seen = [queue.next()]
    list.push(named('b'))
    seen.push(queue.next(), queue.next())
    expect(seen).to.deep.equal([list[0], list[1], undefined])
  })
})
