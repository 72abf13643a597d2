import { expect } from 'chai'
import { itemAfter } from '#src/campaign/stored-image.js'
import type { JsonObject } from '#src/model/index.js'

const [a, b] = [{ S: 'a' }, { N: '1' }]
const updated = (UpdateExpression: string, more: JsonObject = {}) =>
  itemAfter({ name: a, old: b }, { UpdateExpression, ExpressionAttributeValues: { ':a': a, ':b': b }, ...more })

describe('an item after an update', () => {
  it('has what was set, added and taken away', () => {
    expect(updated('SET state = :a, #n = :b REMOVE old', { ExpressionAttributeNames: { '#n': 'n' } })).to.deep.equal({
      name: a,
      state: a,
      n: b,
    })
    expect(updated('ADD version :b SET seen = :a')).to.deep.equal({ name: a, old: b, version: b, seen: a })
    expect(updated('SET n = if_not_exists(n, :b) + :b')).to.equal(undefined)
  })
  it('is what was put', () => expect(itemAfter({ name: a }, { Item: { other: b } })).to.deep.equal({ other: b }))
  it('is not known where the expression says more', () => {
    expect(updated('SET list[0] = :a')).to.equal(undefined)
    expect(updated('SET x = :missing')).to.equal(undefined)
    expect(itemAfter({}, {})).to.equal(undefined)
  })
})
