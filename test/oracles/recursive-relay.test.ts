import { expect } from 'chai'
import { type AwsCall, type Json, type JsonObject, type Observation, receivedIn, sentBy } from '#src/model/index.js'
import { recursiveTrigger } from '#src/oracles/recursive-trigger.js'
import { trial } from './trial-maker.js'

const QUEUE = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs'
const event = (body: string) => ({
  Records: [{ eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:jobs', body }],
})
const call = (service: string, operation: string, params: JsonObject, outcome: AwsCall['outcome'] = 'ok'): AwsCall =>
  ({ service, operation, params, outcome, location: null, resources: [] }) as unknown as AwsCall
const send = (MessageBody: string, QueueUrl = QUEUE) => call('sqs', 'SendMessage', { QueueUrl, MessageBody })

/** Events with a rising count, and what the function did for each. */
function judged(calls: (i: number) => readonly AwsCall[], length = 12): number {
  const steps = Array.from({ length }, (_, i) => ({ text: JSON.stringify(event(`{"try":${i}}`)), warm: true }))
  const made = trial({ case: { source: 'sqs', contract: 'batch', stage: 'sequence', steps } })
  const observations = steps.map((_, i): Observation => ({ ...made.observations[0]!, aws: calls(i) }))
  return [...recursiveTrigger.judge({ ...made, observations })].length
}

describe('recursive-trigger behind a queue', () => {
  const next = (i: number) => send(`{"try":${i + 1}}`)
  it('speaks of a message that leads to another, again and again', () => expect(judged((i) => [next(i)])).to.equal(1))
  it('is silent on a function that stops', () => {
    expect(judged((i) => (i < 5 ? [next(i)] : []))).to.equal(0)
    expect(judged((i) => [next(i)], 6)).to.equal(0)
  })
  it('is silent on another queue, and on other messages', () => {
    expect(judged((i) => [send(`{"try":${i + 1}}`, `${QUEUE}-dead`)])).to.equal(0)
    expect(judged(() => [send('done')])).to.equal(0)
  })
  it('is silent where somebody is asked whether it is over', () =>
    expect(judged((i) => [call('states', 'DescribeExecution', {}), next(i)])).to.equal(0))
  it('is silent where the message was not taken', () =>
    expect(judged((i) => [call('sqs', 'SendMessage', next(i).params, 'error')])).to.equal(0))
})

describe('what is sent, and what came', () => {
  it('is told by queue, topic, bus and table', () => {
    const TopicArn = 'arn:aws:sns:us-east-1:000000000000:news'
    const sent = [
      sentBy(call('sqs', 'SendMessageBatch', { QueueUrl: QUEUE, Entries: [{ Id: '1', MessageBody: 'a' }] })),
      sentBy(call('sns', 'Publish', { TopicArn, Message: 'a' })),
      sentBy(call('events', 'PutEvents', { Entries: [{ Source: 's', DetailType: 'd', Detail: '{}' }] })),
      sentBy(call('dynamodb', 'PutItem', { TableName: 't', Item: {} })),
    ]
    const came = [
      receivedIn(event('a')),
      receivedIn({ Records: [{ EventSource: 'aws:sns', Sns: { TopicArn, Message: 'a' } }] }),
      receivedIn({ source: 's', 'detail-type': 'd', detail: {} }),
      receivedIn({
        Records: [
          {
            eventSource: 'aws:dynamodb',
            eventSourceARN: 'arn:aws:dynamodb:us-east-1:0:table/t/stream/2026-01-01T00:00:00.000',
            dynamodb: {},
          },
        ],
      }),
    ]
    expect(sent.map((one) => one?.place)).to.deep.equal(['sqs:jobs', 'sns:news', 'events:s/d', 'dynamodb:t'])
    expect(came).to.deep.equal(sent)
  })
  it('is not told of other buses and of events that say nothing', () => {
    const other = { Source: 's', DetailType: 'd', Detail: '{}', EventBusName: 'partners' }
    expect(sentBy(call('events', 'PutEvents', { Entries: [other] }))).to.equal(undefined)
    for (const one of [null, 7, {}, { Records: 7 }, { Records: [null] }] as readonly Json[])
      expect(receivedIn(one)).to.equal(undefined)
  })
})
