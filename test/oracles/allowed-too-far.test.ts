import { expect } from 'chai'
import { covers, type Outcome } from '#src/model/index.js'
import { allowedTooFar } from '#src/oracles/allowed-too-far.js'
import { returned, trial } from './trial-maker.js'

const API = 'arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/prod'
const event = (path: string) => ({ type: 'TOKEN', authorizationToken: 'x', methodArn: `${API}/${path}` })
const policy = (Effect: string, Resource: string | string[]) =>
  returned({ principalId: 'p', policyDocument: { Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] } })
const threw = (message: string): Outcome => ({
  kind: 'threw',
  how: 'handler',
  name: 'Error',
  message,
  code: null,
  isError: true,
  stack: `Error: ${message}`,
})

function judged(first: Outcome, second: Outcome, synthetic = false): number {
  const made = trial({ case: { contract: 'authorizer', stage: 'sequence' }, event: event('GET/orders') })
  const [one] = made.observations
  const steps = [{ text: JSON.stringify(event('GET/health')), warm: true }, ...made.case.steps]
  const observations = [
    { ...one!, outcome: first, synthetic },
    { ...one!, outcome: second },
  ]
  return [...allowedTooFar.judge({ ...made, case: { ...made.case, steps }, observations })].length
}

describe('allowed-too-far', () => {
  const wide = policy('Allow', `${API}/*`)
  it('speaks of an Allow that covers what is refused', () => {
    expect(judged(wide, threw('Unauthorized'))).to.equal(1)
    expect(judged(wide, policy('Deny', `${API}/GET/orders`))).to.equal(1)
  })
  it('is silent on an Allow for what was asked for', () =>
    expect(judged(policy('Allow', `${API}/GET/health`), threw('Unauthorized'))).to.equal(0))
  it('is silent on an Allow for other methods', () =>
    expect(judged(policy('Allow', [`${API}/POST/*`, `${API}/GET/health`]), threw('Unauthorized'))).to.equal(0))
  it('is silent where the caller may have both', () => expect(judged(wide, policy('Allow', `${API}/GET/orders`))).to.equal(0))
  it('is silent on an error that is no decision', () => expect(judged(wide, threw('fetch failed'))).to.equal(0))
  it('is silent where a made-up answer has allowed it', () => expect(judged(wide, threw('Unauthorized'), true)).to.equal(0))
})

describe('a resource of a policy', () => {
  it('covers what its wildcards stand for, and takes nothing else for one', () => {
    expect(covers([`${API}/*/orders`], `${API}/GET/a/orders`)).to.equal(true)
    expect(covers([`${API}/GE?/x`], `${API}/GET/x`)).to.equal(true)
    expect(covers([`${API}/GET/a.b`], `${API}/GET/axb`)).to.equal(false)
  })
})
