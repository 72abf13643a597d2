import { expect } from 'chai'
import { eventbridge } from '#src/events/eventbridge.js'
import { sourceOf, sources } from '#src/events/index.js'
import { kinesis } from '#src/events/kinesis.js'
import { s3Eventbridge } from '#src/events/s3-eventbridge.js'
import { sns } from '#src/events/sns.js'
import { sqs } from '#src/events/sqs.js'
import { caseMaker } from '#src/generate/index.js'
import type { Json, JsonObject, Trigger } from '#src/model/index.js'
import { readPointer } from './read-pointer.js'

const eventsOf = (id: string, trigger: Trigger, names: readonly string[] = []): JsonObject[] => {
  const maker = caseMaker(sources.find((source) => source.id === id)!, trigger, 1)
  return [...maker.templates(names), ...maker.samples(3, 40)].flatMap((draft, i) => {
    const made = maker.render(draft, i)
    return made === undefined ? [] : [JSON.parse(made.steps[0]!.text) as JsonObject]
  })
}

describe('sns', () => {
  const wire = (changes: JsonObject): Json => ({
    topic: 'news',
    messageId: 'm',
    timestamp: 0,
    message: { kind: 'text', text: 'hello' },
    attributes: {},
    ...changes,
  })
  const record = (changes: JsonObject) =>
    (sns.toEvent(wire(changes), {}) as { Records: readonly [{ Sns: JsonObject; EventSubscriptionArn: string }] }).Records[0]
  it('hands over one message, in the casing that functions get', () => {
    expect(record({}).Sns)
      .to.include.keys('SigningCertUrl', 'UnsubscribeUrl')
      .and.to.deep.include({ Subject: null, Message: 'hello', MessageAttributes: {} })
    expect(record({}).EventSubscriptionArn).to.match(/^arn:aws:sns:us-east-1:000000000000:news:/)
  })
  it('has attributes of type Binary in base64', () => {
    expect(
      record({ attributes: { b: { type: 'Binary', value: 'x' }, s: { type: 'String', value: 'y' } } }).Sns['MessageAttributes'],
    ).to.deep.equal({
      b: { Type: 'Binary', Value: 'eA==' },
      s: { Type: 'String', Value: 'y' },
    })
  })
  it('passes filter policies on attributes and on the message', () => {
    const byAttribute = eventsOf('sns', {
      filters: [{ Sns: { MessageAttributes: { price: { Value: [{ numeric: ['>', 10] }] } } } }],
    })
    expect(byAttribute.length).to.be.greaterThan(35)
    for (const event of byAttribute)
      expect(Number(readPointer(event, '/Records/0/Sns/MessageAttributes/price/Value'))).to.be.greaterThan(10)
    const byMessage = eventsOf('sns', { filters: [{ Sns: { Message: { kind: ['a', 'b'] } } }] })
    expect(byMessage.length).to.be.greaterThan(35)
    for (const event of byMessage) expect(readPointer(event, '/Records/0/Sns/Message#json/kind')).to.be.oneOf(['a', 'b'])
  })
})

describe('kinesis', () => {
  it('hands data over in base64, and numbers records in order', () => {
    const record = { partitionKey: 'p', content: { kind: 'json', value: { a: 1 } }, sequence: '495', time: 1_500 }
    const event = kinesis.toEvent({ stream: 's', shard: 3, records: [record, record] }, {})
    expect(readPointer(event, '/Records/0/kinesis/data#base64#json/a')).to.equal(1)
    expect(readPointer(event, '/Records/1/kinesis/sequenceNumber')).to.equal('496')
    expect(readPointer(event, '/Records/1/eventID')).to.equal('shardId-000000000003:496')
    expect(readPointer(event, '/Records/0/kinesis/approximateArrivalTimestamp')).to.equal(1.5)
  })
  it('passes filters on its data', () => {
    const made = eventsOf('kinesis', { filters: [{ data: { city: ['Ulm'] } }] })
    expect(made.length).to.be.greaterThan(35)
    for (const event of made) expect(readPointer(event, '/Records/0/kinesis/data#base64#json/city')).to.equal('Ulm')
  })
})

describe('eventbridge', () => {
  it('passes the pattern of its rule', () => {
    const pattern = {
      source: ['my.shop'],
      'detail-type': ['Paid'],
      detail: { total: [{ numeric: ['>', 5] }], state: [{ prefix: 'o' }] },
    }
    const made = eventsOf('eventbridge', { filters: [pattern] })
    expect(made.length).to.be.greaterThan(35)
    for (const event of made) {
      expect(event).to.include({ source: 'my.shop', 'detail-type': 'Paid' })
      expect(readPointer(event, '/detail/total')).to.be.greaterThan(5)
    }
  })
  it('leaves nobody a say in what AWS itself sends, such as a schedule', () => {
    const rule = { source: ['aws.events'], 'detail-type': ['Scheduled Event'], resources: ['arn:aws:events:us-east-1:0:rule/x'] }
    const maker = caseMaker(eventbridge, { filters: [rule] }, 1)
    const [draft] = maker.templates([])
    expect(JSON.parse(maker.render(draft!, 1)!.steps[0]!.text)).to.deep.include({ ...first(rule), detail: {} })
    expect(maker.points(draft!)).to.deep.equal([])
    expect(maker.supply(draft!, '/detail/id', 'x')).to.equal(undefined)
  })
  it('hands over the constant input of a rule as it is, and nothing else', () => {
    const input = { job: 'clean', deep: [1] }
    const source = sourceOf('eventbridge', { input })
    const maker = caseMaker(source, { input }, 1)
    const drafts = [...maker.templates(['x']), ...maker.samples(1, 3)]
    for (const [i, draft] of drafts.entries()) {
      expect(JSON.parse(maker.render(draft, i)!.steps[0]!.text)).to.deep.equal(input)
      expect(maker.points(draft)).to.deep.equal([])
    }
  })
})

const first = ({
  source,
  'detail-type': type,
  resources,
}: {
  source: string[]
  'detail-type': string[]
  resources: string[]
}) => ({
  source: source[0],
  'detail-type': type[0],
  resources,
})

describe('s3-eventbridge', () => {
  it('has the key as it is, unlike a notification of S3', () => {
    const object = {
      operation: 'Put',
      key: 'a b/+é',
      size: 1,
      eTag: 'e',
      sequencer: '0',
      time: 0,
      principal: '1',
      sourceIp: '192.0.2.1',
      requestId: 'r',
      eventId: 'i',
    }
    const event = s3Eventbridge.toEvent({ bucket: 'photos', object }, {})
    expect(readPointer(event, '/detail/object/key')).to.equal('a b/+é')
    expect(event).to.include({ source: 'aws.s3', 'detail-type': 'Object Created' })
    const removed = s3Eventbridge.toEvent({ bucket: 'photos', object: { ...object, operation: 'DeleteMarkerCreated' } }, {})
    expect(readPointer(removed, '/detail/deletion-type')).to.equal('Delete Marker Created')
    expect(readPointer(removed, '/detail/object')).to.not.have.property('size')
  })
  it('passes the pattern of its rule', () => {
    const filters = [
      {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: ['in-box'] }, object: { key: [{ prefix: 'new/' }] } },
      },
    ]
    const made = eventsOf('s3-eventbridge', { filters, resource: 'in-box', keyPrefix: 'new/' })
    expect(made.length).to.be.greaterThan(35)
    for (const event of made) {
      expect(readPointer(event, '/detail/bucket/name')).to.equal('in-box')
      expect(readPointer(event, '/detail/object/key')).to.match(/^new\//)
    }
  })
})

describe('events inside messages', () => {
  const NESTED: readonly (readonly [what: string, names: readonly string[], pointer: string])[] = [
    ['SNS in SQS', ['Message'], '/Records/0/body#json/Message#json/id'],
    ['S3 in SQS', ['s3', 'object', 'key'], '/Records/0/body#json/Records/0/s3/object/key'],
    ['S3 in SNS in SQS', ['Message', 's3', 'object'], '/Records/0/body#json/Message#json/Records/0/s3/object/key'],
    ['EventBridge in SQS', ['detail'], '/Records/0/body#json/detail/id'],
  ]
  for (const [what, names, pointer] of NESTED) {
    it(`${what}: what the function looks for is found at ${pointer}`, () => {
      const maker = caseMaker(sqs, {}, 1)
      const [draft] = maker.templates(names)
      const filled = maker.supply(draft!, pointer, '{{canary}}') ?? draft!
      const made = maker.render(filled, 1)!
      const planted = made.canaries.flatMap(({ canary }) => maker.pointers(made, canary))
      expect(planted).to.include(pointer)
      expect(readPointer(JSON.parse(made.steps[0]!.text) as Json, pointer)).to.match(/^ef[a-z2-7]{10}z$/)
    })
  }
  it('S3 in SNS, without a queue', () => {
    const [event] = eventsOf('sns', {}, ['s3', 'object', 'Message'])
    expect(readPointer(event!, '/Records/0/Sns/Message#json/Records/0/eventSource')).to.equal('aws:s3')
  })
  it('are for functions that read them only', () => {
    const maker = caseMaker(sqs, {}, 1)
    expect(
      maker
        .templates(['id', 'message', 'key'])
        .map(({ wire }) => JSON.stringify(wire))
        .join(),
    ).to.not.match(/"kind":"(?:sns|s3|eventbridge)"/)
  })
  it('make a body whose MD5 is right', () => {
    for (const event of eventsOf('sqs', {}, ['Message']))
      expect(readPointer(event, '/Records/0/md5OfBody')).to.match(/^[0-9a-f]{32}$/)
  })
})
