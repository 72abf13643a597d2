import type { SNSEvent, SQSEvent } from 'aws-lambda'
import { expect } from 'chai'
import { eventArbitrary, events, recipe, type Stage, schemaArbitrary, schemaOf, sources, validate } from 'eventfuzz/events'
import fc from 'fast-check'

/** Handlers as users write them: they take what the arbitraries make. */
const countMessages = ({ Records }: SQSEvent): number => Records.filter(({ body }) => body !== '').length
const subjects = ({ Records }: SNSEvent): readonly (string | undefined)[] => Records.map(({ Sns }) => Sns.Subject)

describe('eventfuzz/events', () => {
  it('gives arbitraries of valid events to typed handlers', () => {
    fc.assert(
      fc.property(eventArbitrary('sqs'), (event) => {
        expect(validate('sqs', event)).to.deep.equal([])
        expect(countMessages(event)).to.equal(event.Records.length)
      }),
      { seed: 1, numRuns: 50 },
    )
    fc.assert(
      fc.property(eventArbitrary<SNSEvent>('sns'), (event) => subjects(event).length === event.Records.length),
      { seed: 1, numRuns: 20 },
    )
  })

  it('gives each test an event of its own', () => {
    const [first, second] = fc.sample(eventArbitrary('sqs', { trigger: { resource: 'jobs' } }), { seed: 3, numRuns: 2 })
    first!.Records[0]!.awsRegion = 'changed'
    expect(second!.Records[0]!.awsRegion).to.not.equal('changed')
  })

  it('honours how the function is triggered', () => {
    const trigger = { resource: 'jobs.fifo', batchSize: 1 }
    for (const { Records } of fc.sample(eventArbitrary('sqs', { trigger }), { seed: 2, numRuns: 30 })) {
      expect(Records).to.have.lengthOf(1)
      expect(Records[0]!.eventSourceARN).to.match(/:jobs\.fifo$/)
    }
  })

  it('shrinks to an event that is valid too', () => {
    const { counterexample } = fc.check(
      fc.property(eventArbitrary('s3'), ({ Records }) => Records.every(({ s3 }) => !s3.object.key.includes('a'))),
      { seed: 4 },
    )
    const event = counterexample![0]
    expect(event.Records).to.have.lengthOf(1)
    expect(validate('s3', event)).to.deep.equal([])
  })

  it('makes events of any source, the same for the same seed', () => {
    expect(sources).to.include.members(['apigw-v2', 'kafka', 'cognito'])
    for (const source of ['apigw-v2', 'kafka', 'cognito', 'direct'] as const) {
      const texts = [...events(source, { count: 5, seed: 6 })].flatMap((one) => one.events)
      expect(texts, source).to.have.lengthOf(5)
      for (const text of texts) expect(validate(source, JSON.parse(text)), source).to.deep.equal([])
      expect([...events(source, { count: 5, seed: 6 })].flatMap((one) => one.events)).to.deep.equal(texts)
    }
  })

  it('says of an event what is wrong with it, by place and keyword', () => {
    for (const source of ['sqs', 'cognito', 'kafka', 'apigw-websocket'] as const) {
      for (const { events: texts, labels } of events(source, { stage: 'negative', count: 30 })) {
        const found = validate(source, JSON.parse(texts[0]!)).map(({ pointer }) => ` at ${pointer || 'the event'} `)
        expect(found, labels[0]).to.satisfy((all: string[]) => all.some((one) => labels[0]!.includes(one)))
      }
    }
  })

  it('says nothing of alternatives that were not meant', () => {
    const [made] = [...events('cognito', { count: 1, seed: 1 })]
    const event = JSON.parse(made!.events[0]!) as { callerContext: unknown }
    expect(validate('cognito', { ...event, callerContext: 7 })).to.deep.equal([
      { pointer: '/callerContext', keyword: 'type', message: '/callerContext must be object' },
    ])
    expect(validate('sqs', undefined)[0]).to.include({ pointer: '', keyword: 'type' })
  })

  it('knows how to deliver an event that it sees', () => {
    const [event] = fc.sample(eventArbitrary('sns'), { seed: 5, numRuns: 1 })
    expect(recipe('sns', event)[0]).to.match(/^aws sns publish /)
    expect(recipe('s3', event)).to.deep.equal([])
  })

  it('makes values of any schema', () => {
    const schema = { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: '^[a-f]{4}$' } } }
    for (const value of fc.sample(schemaArbitrary(schema), { seed: 8, numRuns: 20 }))
      expect((value as { id: string }).id).to.match(/^[a-f]{4}$/)
    expect(schemaOf('s3')['title']).to.equal('Amazon S3 event notification')
  })

  it('answers wrong names with the known ones and the nearest', () => {
    expect(() => eventArbitrary('sqss' as 'sqs')).to.throw(/No event source 'sqss'. Known: apigw-v1, .*Did you mean 'sqs'\?/)
    expect(() => events('sqs', { stage: 'hostil' as Stage })).to.throw(/takes one of valid, .*Did you mean 'hostile'\?/)
  })
})
