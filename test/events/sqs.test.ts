import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { sqs } from '#src/events/sqs.js'
import type { Json } from '#src/model/index.js'

const message = {
  body: { kind: 'text', text: 'hello world' },
  attributes: {},
  groupId: 'g',
  deduplicationId: 'd',
  messageId: 'm',
  receiveCount: 2,
  sentTimestamp: 1_767_225_600_000,
  senderId: 'AIDAEXAMPLE',
}
interface Record {
  readonly body: string
  readonly md5OfBody: string
  readonly md5OfMessageAttributes?: string
  readonly attributes: { readonly [name: string]: string }
  readonly messageAttributes: { readonly [name: string]: unknown }
  readonly eventSourceARN: string
}
const wire = (changes: object, fifo = false): Json => ({ queue: 'q', fifo, messages: [{ ...message, ...changes }] }) as Json
const record = (changes: object, fifo = false) =>
  (sqs.toEvent(wire(changes, fifo), {}) as unknown as { Records: [Record] }).Records[0]

/** The algorithm of the AWS documentation, written for one attribute in hexadecimal. */
function md5Of(name: string, type: string, transport: '01' | '02', value: Buffer): string {
  const length = (bytes: Buffer) => bytes.length.toString(16).padStart(8, '0')
  const part = (bytes: Buffer) => length(bytes) + bytes.toString('hex')
  const hex = part(Buffer.from(name)) + part(Buffer.from(type)) + transport + part(value)
  return createHash('md5').update(Buffer.from(hex, 'hex')).digest('hex')
}

describe('sqs', () => {
  it('has the MD5 of the body', () => {
    expect(record({}).md5OfBody).to.equal('5eb63bbbe01eeed093cb22bb8f5acdc3') // Of "hello world": public knowledge.
    expect(record({ body: { kind: 'text', text: 'é' } }).md5OfBody).to.equal(
      createHash('md5')
        .update(Buffer.from([0xc3, 0xa9]))
        .digest('hex'),
    )
  })
  it('has the MD5 of the attributes, and none without them', () => {
    const of = (type: string, value: string) => record({ attributes: { name: { type, value } } }).md5OfMessageAttributes
    expect(of('String', 'é')).to.equal(md5Of('name', 'String', '01', Buffer.from('é')))
    expect(of('Number.int', '42')).to.equal(md5Of('name', 'Number.int', '01', Buffer.from('42')))
    expect(of('Binary', 'a\0b')).to.equal(md5Of('name', 'Binary', '02', Buffer.from('a\0b')))
    expect(record({})).to.not.have.property('md5OfMessageAttributes')
  })
  it('sorts attributes by name before it hashes them', () => {
    const a = { type: 'String', value: '1' }
    const b = { type: 'String', value: '2' }
    expect(record({ attributes: { a, b } }).md5OfMessageAttributes).to.equal(
      record({ attributes: { b, a } }).md5OfMessageAttributes,
    )
  })
  it('hands attributes over by type', () => {
    const empty = { stringListValues: [], binaryListValues: [] }
    expect(
      record({ attributes: { s: { type: 'String', value: 'x' }, b: { type: 'Binary', value: 'x' } } }).messageAttributes,
    ).to.deep.equal({
      s: { stringValue: 'x', dataType: 'String', ...empty },
      b: { binaryValue: 'eA==', dataType: 'Binary', ...empty },
    })
  })
  it('has group, deduplication id and sequence number on FIFO queues only', () => {
    expect(record({}, true).attributes)
      .to.include({ MessageGroupId: 'g', MessageDeduplicationId: 'd' })
      .and.have.property('SequenceNumber')
    expect(record({}, true).eventSourceARN).to.match(/:q\.fifo$/)
    expect(record({}).attributes).to.have.all.keys(
      'ApproximateReceiveCount',
      'SentTimestamp',
      'SenderId',
      'ApproximateFirstReceiveTimestamp',
    )
  })
  it('takes the queue’s kind from its name', () => {
    expect(sqs.honour(wire({}), { resource: 'orders.fifo' })).to.include({ queue: 'orders', fifo: true })
    expect(sqs.honour(wire({}, true), { resource: 'orders' })).to.include({ queue: 'orders', fifo: false })
  })
  it('says where a message came back from', () => {
    expect(record({ redrivenFrom: 'source' }).attributes['DeadLetterQueueSourceArn']).to.match(/:source$/)
  })
  it('has a recipe that the AWS CLI takes for what it is', () => {
    expect(sqs.recipe(wire({}), {})).to.deep.equal([`aws sqs send-message --queue-url "$QUEUE_URL" --message-body 'hello world'`])
    expect(sqs.recipe(wire({ body: { kind: 'text', text: 'file:///a' } }), {})[0]).to.include(
      `--cli-input-json '{"MessageBody":"file:///a"}'`,
    )
    expect(sqs.recipe(wire({ body: { kind: 'text', text: '-x' } }), {})[0]).to.include('--cli-input-json')
  })
})
