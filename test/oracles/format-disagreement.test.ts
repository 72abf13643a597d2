import { expect } from 'chai'
import type { AwsCall, Observation } from '#src/model/index.js'
import { formatDisagreement } from '#src/oracles/format-disagreement.js'
import { returned, trial } from './trial-maker.js'

const { case: plain, observations } = trial({})
const answered = (statusCode: number, ...aws: readonly AwsCall[]): Observation => ({
  ...observations[0]!,
  outcome: returned({ statusCode, body: '' }),
  aws,
})
const call = (operation: string): AwsCall => ({
  n: 1,
  service: 'dynamodb',
  operation,
  region: 'eu-west-1',
  params: {},
  resources: [],
  via: 'request',
  outcome: 'ok',
  answeredBy: 'stub',
  invented: false,
  location: null,
  frames: [],
  retryOf: null,
  call: 1,
})

function judged(kind: 'refused' | 'writes', method: string, ...seen: readonly Observation[]) {
  const labels = ['in two formats', kind, 'apigw-v1', 'apigw-v2', 'trigger']
  const made = { ...plain, stage: 'sequence' as const, wire: { method }, draft: { ...plain.draft, labels } }
  return [...formatDisagreement.judge({ case: made, observations: seen, secrets: [] })]
}

describe('format-disagreement', () => {
  it('speaks of a refusal that the other format has for nobody', () => {
    const [verdict] = judged('refused', 'DELETE', ...[404, 403, 200, 200].map((status) => answered(status)))
    expect(verdict?.evidence).to.match(/^DELETE is answered 403 as an event of apigw-v1, and 200 as one of apigw-v2/)
  })
  it('is silent where the other format refuses those who say nothing', () =>
    expect(judged('refused', 'DELETE', ...[404, 401, 401, 200].map((status) => answered(status)))).to.deep.equal([]))
  it('is silent on a format that refuses everything', () =>
    expect(judged('refused', 'GET', ...[403, 403, 200, 200].map((status) => answered(status)))).to.deep.equal([]))
  it('is silent where the format is not understood', () =>
    expect(judged('refused', 'GET', ...[200, 404, 200, 200].map((status) => answered(status)))).to.deep.equal([]))

  it('speaks of a GET that writes in one format alone', () =>
    expect(judged('writes', 'GET', answered(200, call('GetItem')), answered(204, call('DeleteItem')))).to.have.lengthOf(1))
  it('is silent on one that reads and notes that it did', () =>
    expect(
      judged('writes', 'GET', answered(200, call('GetItem')), answered(200, call('GetItem'), call('UpdateItem'))),
    ).to.deep.equal([]))
  it('is silent on a POST, and on another way to read', () => {
    expect(judged('writes', 'POST', answered(200, call('GetItem')), answered(200, call('PutItem')))).to.deep.equal([])
    expect(judged('writes', 'GET', answered(200, call('GetItem')), answered(200, call('Query')))).to.deep.equal([])
  })
})
