import { expect } from 'chai'
import type { AwsCall, Observation } from '#src/model/index.js'
import { forgedSender } from '#src/oracles/forged-sender.js'
import { returned, trial } from './trial-maker.js'

const { case: plain, observations } = trial({})
const answered = (statusCode: number, ...aws: readonly AwsCall[]): Observation => ({
  ...observations[0]!,
  outcome: returned({ statusCode, body: '' }),
  aws,
})
const call = (operation: string, outcome: AwsCall['outcome'] = 'ok'): AwsCall => ({
  n: 1,
  service: 'dynamodb',
  operation,
  region: 'eu-west-1',
  params: {},
  resources: [],
  via: 'request',
  outcome,
  answeredBy: 'stub',
  invented: false,
  location: null,
  frames: [],
  retryOf: null,
  call: 1,
})

function judged(name: string, ...seen: readonly Observation[]): readonly string[] {
  const draft = { ...plain.draft, labels: ['says who sends it', name] }
  const made = { ...plain, stage: 'sequence' as const, draft }
  return [...forgedSender.judge({ case: made, observations: seen, secrets: [] })].map(({ anchor }) => anchor)
}

describe('forged-sender', () => {
  it('speaks of a header that opens what was closed', () => {
    expect(judged('x-forwarded-for', answered(403), answered(200))).to.deep.equal(['sender:x-forwarded-for'])
    expect(judged('x-real-ip', answered(401), answered(204))).to.deep.equal(['sender:x-real-ip'])
  })
  it('is silent where it opens nothing', () => {
    expect(judged('x-forwarded-for', answered(403), answered(403))).to.deep.equal([])
    expect(judged('x-forwarded-for', answered(200), answered(200))).to.deep.equal([])
    expect(judged('x-forwarded-for', answered(400), answered(200))).to.deep.equal([])
    expect(judged('x-forwarded-for', answered(403), answered(422))).to.deep.equal([])
  })
  it('speaks of a body that is taken for an event of AWS', () =>
    expect(judged('body source', answered(403), answered(200, call('UpdateItem')))).to.deep.equal(['sender:body source']))
  it('is silent where it only reads, writes anyway, fails or is refused', () => {
    expect(judged('body source', answered(403), answered(200, call('GetItem')))).to.deep.equal([])
    expect(judged('body source', answered(200, call('PutItem')), answered(200, call('PutItem')))).to.deep.equal([])
    expect(judged('body source', answered(403), answered(200, call('UpdateItem', 'denied')))).to.deep.equal([])
    expect(judged('body source', answered(403), answered(401, call('UpdateItem')))).to.deep.equal([])
  })
})
