import { expect } from 'chai'
import { Table } from '#src/aws/services/dynamodb-table.js'
import { stand } from '#src/aws/standing.js'
import { Store } from '#src/aws/store.js'
import { type Json, type JsonObject, standingItems } from '#src/model/index.js'

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/members/stream/2026-01-01T00:00:00.000'
const event = (dynamodb: Json, eventName = 'MODIFY', eventSourceARN = ARN): string =>
  JSON.stringify({ Records: [{ eventName, eventSource: 'aws:dynamodb', eventSourceARN, dynamodb }] })
const KEYS = { id: { S: 'm-1' } }
const IMAGE = { ...KEYS, points: { N: '7' } }

/** Texts of events, and the items that stand in the table because of them. */
const EVENTS: readonly (readonly [what: string, text: string, items: readonly JsonObject[]])[] = [
  ['an item that was written', event({ Keys: KEYS, NewImage: IMAGE }), [IMAGE]],
  ['an item that was put there', event({ Keys: KEYS, NewImage: IMAGE }, 'INSERT'), [IMAGE]],
  ['an item of which only the key is shown', event({ Keys: KEYS }), [KEYS]],
  ['an item that was deleted', event({ Keys: KEYS, OldImage: IMAGE }, 'REMOVE'), []],
  ['no key', event({ NewImage: IMAGE }), []],
  ['a key without attributes', event({ Keys: {} }), []],
  ['attributes of no type', event({ Keys: KEYS, NewImage: { points: 7, __proto__: null } }), []],
  ['a key of no type', event({ Keys: { id: 'm-1' } }), []],
  ['a stream of no table', event({ Keys: KEYS }, 'INSERT', 'arn:aws:kinesis:us-east-1:000000000000:stream/s'), []],
  ['records that are none', '{"Records":[null,7],"source":"aws:dynamodb","x":"aws:dynamodb"}', []],
  ['an event that is none', '"aws:dynamodb"', []],
]

describe('items that an event tells of', () => {
  for (const [what, text, items] of EVENTS)
    it(`${what}: ${items.length}`, () => {
      const store = new Store()
      stand(store, standingItems(text))
      expect(new Table(store, 'members').items()).to.deep.equal(items)
    })

  it('do not replace what the function has written since, until the next change', () => {
    const store = new Store()
    const table = new Table(store, 'members')
    stand(store, standingItems(event({ Keys: KEYS, NewImage: IMAGE })))
    const written = { ...IMAGE, points: { N: '8' } }
    table.put(written)
    stand(store, standingItems(event({ Keys: KEYS, NewImage: IMAGE })))
    expect(table.items()).to.deep.equal([written])
    const later = { ...IMAGE, points: { N: '9' } }
    stand(store, standingItems(event({ Keys: KEYS, NewImage: later })))
    expect(table.items()).to.deep.equal([later])
  })
})
