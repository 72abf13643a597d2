import { expect } from 'chai'
import { dynamodbStream } from '#src/events/dynamodb-stream.js'
import type { Json, JsonObject } from '#src/model/index.js'

const change = {
  operation: 'MODIFY',
  keys: { id: { S: 'k' } },
  item: { a: { S: 'new' } },
  old: { a: { S: 'old' } },
  expired: false,
  eventId: 'e',
  sequence: '1',
  time: 1_767_225_600_999,
}
const wire = (changes: object, viewType = 'NEW_AND_OLD_IMAGES'): Json =>
  ({ table: 't', viewType, changes: [{ ...change, ...changes }] }) as Json
const record = (changes: object, viewType?: string) =>
  (dynamodbStream.toEvent(wire(changes, viewType), {}) as unknown as { Records: [{ dynamodb: JsonObject; userIdentity?: Json }] })
    .Records[0]
const images = (changes: object, viewType?: string) =>
  Object.keys(record(changes, viewType).dynamodb).filter((key) => key.endsWith('Image'))

describe('dynamodb-stream', () => {
  const rows: readonly (readonly [viewType: string, operation: string, images: readonly string[]])[] = [
    ['KEYS_ONLY', 'INSERT', []],
    ['KEYS_ONLY', 'MODIFY', []],
    ['KEYS_ONLY', 'REMOVE', []],
    ['NEW_IMAGE', 'INSERT', ['NewImage']],
    ['NEW_IMAGE', 'MODIFY', ['NewImage']],
    ['NEW_IMAGE', 'REMOVE', []],
    ['OLD_IMAGE', 'INSERT', []],
    ['OLD_IMAGE', 'MODIFY', ['OldImage']],
    ['OLD_IMAGE', 'REMOVE', ['OldImage']],
    ['NEW_AND_OLD_IMAGES', 'INSERT', ['NewImage']],
    ['NEW_AND_OLD_IMAGES', 'MODIFY', ['NewImage', 'OldImage']],
    ['NEW_AND_OLD_IMAGES', 'REMOVE', ['OldImage']],
  ]
  for (const [viewType, operation, expected] of rows) {
    it(`${viewType} shows of ${operation}: ${expected.join(' and ') || 'no image'}`, () => {
      expect(images({ operation }, viewType)).to.deep.equal(expected)
      const fixed = dynamodbStream.fixed?.(wire({ operation }, viewType)) ?? []
      expect(fixed.includes('/changes/0/item')).to.equal(!expected.includes('NewImage'))
      expect(fixed.includes('/changes/0/old')).to.equal(!expected.includes('OldImage'))
    })
  }
  it('holds the keys in every image, and they win', () => {
    const { dynamodb } = record({ item: { id: { S: 'other' }, a: { S: 'new' } } })
    expect(dynamodb['NewImage']).to.deep.equal({ id: { S: 'k' }, a: { S: 'new' } })
    expect(dynamodb['OldImage']).to.deep.equal({ id: { S: 'k' }, a: { S: 'old' } })
  })
  it('names the service as the user of a TTL removal only', () => {
    expect(record({ operation: 'REMOVE', expired: true }).userIdentity).to.deep.equal({
      type: 'Service',
      principalId: 'dynamodb.amazonaws.com',
    })
    expect(record({ operation: 'REMOVE' })).to.not.have.property('userIdentity')
    expect(record({ operation: 'MODIFY', expired: true })).to.not.have.property('userIdentity')
  })
  it('counts seconds', () => expect(record({}).dynamodb['ApproximateCreationDateTime']).to.equal(1_767_225_600))
  it('keeps the owner’s keys and view type', () => {
    const honoured = dynamodbStream.honour(wire({}), {
      resource: 'orders',
      streamViewType: 'KEYS_ONLY',
      keys: { pk: 'S', sk: 'N' },
    })
    expect(honoured).to.include({ table: 'orders', viewType: 'KEYS_ONLY' })
    expect((honoured as unknown as { changes: [{ keys: object }] }).changes[0].keys).to.have.all.keys('pk', 'sk')
  })
  it('has a recipe', () => {
    expect(dynamodbStream.recipe(wire({}), {})).to.deep.equal([
      `aws dynamodb put-item --table-name t --item '{"a":{"S":"new"},"id":{"S":"k"}}'`,
    ])
    expect(dynamodbStream.recipe(wire({ operation: 'REMOVE' }), {})).to.deep.equal([
      `aws dynamodb delete-item --table-name t --key '{"id":{"S":"k"}}'`,
    ])
  })
})
