import { expect } from 'chai'
import type { AwsCall, JsonObject } from '#src/model/index.js'
import { repeatedWrite } from '#src/oracles/repeated-write.js'
import { returned, trial } from './trial-maker.js'

const update = (UpdateExpression: string, values: JsonObject, more: JsonObject = {}): AwsCall => ({
  n: 1,
  service: 'dynamodb',
  operation: 'UpdateItem',
  region: 'eu-west-1',
  params: { TableName: 't', Key: { id: { S: 'a' } }, UpdateExpression, ExpressionAttributeValues: values, ...more },
  resources: ['arn:aws:dynamodb:eu-west-1:000000000000:table/t'],
  via: 'request',
  outcome: 'ok',
  answeredBy: 'stub',
  invented: false,
  location: null,
  frames: [],
  retryOf: null,
  call: 1,
})

/** Two deliveries of one event, neither of which fails. */
function judged(first: AwsCall | undefined, second: AwsCall | undefined, failures: readonly string[] = []): number {
  const made = trial({ case: { contract: 'batch', stage: 'valid' }, event: { Records: [] } })
  const [step] = made.case.steps
  const [one] = made.observations
  const outcome = returned({ batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) })
  const observations = [first, second].map((call) => ({ ...one!, outcome, aws: call === undefined ? [] : [call] }))
  return [...repeatedWrite.judge({ ...made, case: { ...made.case, steps: [step!, step!] }, observations })].length
}

const twice = (call: AwsCall): number => judged(call, call)
const N = (text: string): JsonObject => ({ N: text })

describe('repeated-write, where nothing failed', () => {
  it('speaks of an amount that is added again', () => {
    expect(twice(update('SET #l = :p ADD #points :n', { ':p': { S: 'x' }, ':n': N('42') }))).to.equal(1)
    expect(twice(update('SET total = total + :n', { ':n': N('0.5') }))).to.equal(1)
    expect(twice(update('SET stock = stock - :n', { ':n': N('1') }))).to.equal(1)
    expect(twice(update('SET #t = if_not_exists(#t, :zero) + :n', { ':zero': N('0'), ':n': N('7') }))).to.equal(1)
    expect(twice(update('ADD a :one, b :n', { ':one': N('1'), ':n': N('3') }))).to.equal(1)
  })
  it('is silent on counts of one, sets and plain values', () => {
    expect(twice(update('ADD hits :one', { ':one': N('1') }))).to.equal(0)
    expect(twice(update('ADD seen :id', { ':id': { SS: ['m-1'] } }))).to.equal(0)
    expect(twice(update('SET total = :n', { ':n': N('42') }))).to.equal(0)
    expect(twice(update('SET a = :n, b = :m', { ':n': N('42'), ':m': N('43') }))).to.equal(0)
    expect(twice(update('SET a = b + :n', { ':n': N('42') }))).to.equal(0)
  })
  it('is silent under a condition, for another item, and where it comes once', () => {
    const call = update('ADD points :n', { ':n': N('42') })
    expect(twice(update('ADD points :n', { ':n': N('42') }, { ConditionExpression: 'last <> :m' }))).to.equal(0)
    expect(judged(call, update('ADD points :n', { ':n': N('42') }, { Key: { id: { S: 'b' } } }))).to.equal(0)
    expect(judged(call, undefined)).to.equal(0)
    expect(judged({ ...call, outcome: 'error' }, call)).to.equal(0)
    expect(judged(call, call, ['m-1'])).to.equal(0)
  })
})
