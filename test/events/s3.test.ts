import { expect } from 'chai'
import { encodeKey, s3 } from '#src/events/s3.js'
import type { Json } from '#src/model/index.js'

const object = {
  operation: 'Put',
  key: 'k',
  size: 1,
  eTag: 'e',
  sequencer: '00',
  time: 0,
  principal: 'AWS:A',
  sourceIp: '192.0.2.1',
  requestId: 'R',
}
const wire = (changes: object): Json => ({ bucket: 'bucket', configurationId: 'c', objects: [{ ...object, ...changes }] }) as Json
const record = (changes: object) =>
  (s3.toEvent(wire(changes), {}) as { Records: [{ eventName: string; s3: { object: Record<string, unknown> } }] }).Records[0]

describe('s3', () => {
  const keys: readonly (readonly [string, string])[] = [
    ['a b', 'a+b'],
    ['a+b', 'a%2Bb'],
    ['a%b', 'a%25b'],
    ['a%20b', 'a%2520b'],
    ['photos/2026/é.jpg', 'photos/2026/%C3%A9.jpg'],
    ['漢\u{1f600}', '%E6%BC%A2%F0%9F%98%80'],
    ["!'()*~-_.", '%21%27%28%29*~-_.'],
    ['../../etc/x', '../../etc/x'],
    ['$(id);`id`|&', '%24%28id%29%3B%60id%60%7C%26'],
    ['a\nb', 'a%0Ab'],
    ['\ud800', '%EF%BF%BD'],
  ]
  for (const [key, encoded] of keys) {
    it(`encodes ${JSON.stringify(key)} as ${encoded}`, () => {
      expect(encodeKey(key)).to.equal(encoded)
      expect(record({ key }).s3.object['key']).to.equal(encoded)
      expect(decodeURIComponent(encoded.replaceAll('+', ' '))).to.equal(key.toWellFormed())
    })
  }
  it('names the event and shows what the operation leaves behind', () => {
    expect(record({})).to.deep.include({ eventName: 'ObjectCreated:Put' })
    expect(record({}).s3.object).to.have.all.keys('key', 'size', 'eTag', 'sequencer')
    expect(record({ operation: 'Delete' })).to.deep.include({ eventName: 'ObjectRemoved:Delete' })
    expect(record({ operation: 'Delete' }).s3.object).to.have.all.keys('key', 'sequencer')
    expect(record({ operation: 'DeleteMarkerCreated', versionId: 'v' }).s3.object).to.have.all.keys(
      'key',
      'eTag',
      'versionId',
      'sequencer',
    )
  })
  it('has a recipe that the AWS CLI takes for what it is', () => {
    expect(s3.recipe(wire({ key: "it's" }), {})).to.deep.equal([
      `printf '' > ./empty && aws s3api put-object --bucket bucket --key 'it'\\''s' --body ./empty`,
    ])
    expect(s3.recipe(wire({ key: 'a', operation: 'Delete' }), {})).to.deep.equal([
      'aws s3api delete-object --bucket bucket --key a',
    ])
    expect(s3.recipe(wire({ key: 'file:///a' }), {})[0]).to.include(`--cli-input-json '{"Key":"file:///a"}'`)
    expect(s3.recipe(wire({ key: '--help' }), {})[0]).to.include(`--cli-input-json '{"Key":"--help"}'`)
  })
})
