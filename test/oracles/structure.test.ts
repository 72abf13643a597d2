import { expect } from 'chai'
import type { AwsCall, Case, Effect, Oracle, Trial } from '#src/model/index.js'
import { broadPolicy } from '#src/oracles/broad-policy.js'
import { stateLeak } from '#src/oracles/state-leak.js'
import { unawaitedWork } from '#src/oracles/unawaited-work.js'
import { undecodedObjectKey } from '#src/oracles/undecoded-object-key.js'
import { effect, HEAD, returned, trial } from './trial-maker.js'

const aws = (service: string, operation: string, params: object): Effect =>
  effect('aws', { service, operation, params: params as never })

const count = (oracle: Oracle, made: Parameters<typeof trial>[0]): number => [...oracle.judge(trial(made))].length

describe('undecoded-object-key', () => {
  const s3: Partial<Case> = { source: 's3', contract: 'async', injection: null }
  const notified = { Records: [{ s3: { bucket: { name: 'b' }, object: { key: `in/${HEAD}+1%2B1+%C3%A9.csv` } } }] }
  const stored = { detail: { object: { key: `in/${HEAD} 1+1.csv` } } }
  const asked = (event: object, Key: string, source: Case['source'] = 's3', operation = 'GetObject') =>
    count(undecodedObjectKey, {
      case: source === 's3' ? s3 : { ...s3, source },
      event,
      effects: [aws('s3', operation, { Bucket: 'b', Key })],
    })

  for (const [what, key] of [
    ['as told', `in/${HEAD}+1%2B1+%C3%A9.csv`],
    ['with pluses left', `in/${HEAD}+1+1+é.csv`],
    ['with escapes left', `in/${HEAD} 1%2B1 %C3%A9.csv`],
  ] as const)
    it(`speaks of a key ${what}`, () => expect(asked(notified, key)).to.equal(1))
  it('is silent on the decoded key', () => expect(asked(notified, `in/${HEAD} 1+1 é.csv`)).to.equal(0))
  it('is silent on a key that is built of it', () => expect(asked(notified, `meta/in/${HEAD}+1%2B1+%C3%A9.csv`)).to.equal(0))
  it('is silent on another operation', () =>
    expect(asked(notified, `in/${HEAD}+1%2B1+%C3%A9.csv`, 's3', 'ListObjectsV2')).to.equal(0))
  it('is silent where nothing is encoded', () =>
    expect(asked({ Records: [{ s3: { object: { key: `in/${HEAD}.csv` } } }] }, `in/${HEAD}.csv`)).to.equal(0))
  it('speaks of a key of EventBridge that is decoded', () =>
    expect(asked(stored, `in/${HEAD} 1 1.csv`, 's3-eventbridge')).to.equal(1))
  describe('in a notification that is handed on', () => {
    const inQueue = (body: object) => ({ Records: [{ messageId: '1', body: JSON.stringify(body) }] })
    const inTopic = { Records: [{ Sns: { Message: JSON.stringify(notified) } }] }
    const told = `in/${HEAD}+1%2B1+%C3%A9.csv`
    it('speaks of the key as told', () => {
      expect(asked(inQueue(notified), told, 'sqs')).to.equal(1)
      expect(asked(inTopic, told, 'sns')).to.equal(1)
      expect(asked(inQueue({ Type: 'Notification', Message: JSON.stringify(notified) }), told, 'sqs')).to.equal(1)
    })
    it('is silent on the decoded key', () => expect(asked(inQueue(notified), `in/${HEAD} 1+1 é.csv`, 'sqs')).to.equal(0))
    it('is silent on a message of another kind', () => expect(asked(inQueue({ key: told }), told, 'sqs')).to.equal(0))
  })
  it('is silent on a key of EventBridge as it is', () =>
    expect(asked(stored, `in/${HEAD} 1+1.csv`, 's3-eventbridge')).to.equal(0))
})

describe('broad-policy', () => {
  const policy = (Resource: unknown, Effect = 'Allow') => ({
    principalId: 'u',
    policyDocument: { Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }] },
  })
  const judged = (value: unknown) =>
    count(broadPolicy, { case: { contract: 'authorizer', injection: null }, outcome: returned(value) })
  const API = 'arn:aws:execute-api:eu-west-1:000000000000:a1b2c3'

  for (const resource of [
    '*',
    ['*'],
    [`${API}/prod/GET/a`, 'arn:aws:execute-api:*:*:*'],
    'arn:aws:execute-api:eu-west-1:000000000000:*/*/GET/*',
    'arn:aws:execute-api:*',
  ])
    it(`speaks of ${JSON.stringify(resource)}`, () => expect(judged(policy(resource))).to.equal(1))
  for (const resource of [`${API}/prod/GET/orders`, `${API}/prod/*`, `${API}/*/*`, [`${API}/prod/GET/*`]])
    it(`is silent on ${JSON.stringify(resource)}`, () => expect(judged(policy(resource))).to.equal(0))
  it('is silent on a Deny', () => expect(judged(policy('*', 'Deny'))).to.equal(0))
  it('is silent on a simple answer', () => expect(judged({ isAuthorized: true })).to.equal(0))
})

describe('unawaited-work', () => {
  const left = effect('unawaited', { state: 'open' })
  const honest: Partial<Case> = { injection: null, stage: 'valid' }
  const judged = (made: Parameters<typeof trial>[0]) => count(unawaitedWork, { case: honest, effects: [left], ...made })
  const call = { service: 'sns', operation: 'Publish', outcome: 'error' } as unknown as AwsCall

  it('speaks of a request that is left open', () => expect(judged({})).to.equal(1))
  it('is silent without one', () => expect(judged({ effects: [] })).to.equal(0))
  it('is silent where a request failed', () => expect(judged({ aws: [call] })).to.equal(0))
  it('speaks where something was not found', () => expect(judged({ outcome: returned({ statusCode: 404 }) })).to.equal(1))
  it('is silent where the function fails', () => expect(judged({ outcome: returned({ statusCode: 502 }) })).to.equal(0))
  it('is silent where a host did not answer', () =>
    expect(
      judged({ effects: [left, effect('connect', { host: 'a.example.invalid', port: 443, answered: 'denied' } as never)] }),
    ).to.equal(0))
  it('is silent on what a package left', () => expect(judged({ effects: [{ ...left, location: null }] })).to.equal(0))
  it('is silent under attack', () => expect(judged({ case: {} })).to.equal(0))
})

describe('state-leak', () => {
  const [MINE, THEIRS] = [HEAD, 'efddddddddddz']
  const step = (text: string) => ({ text: JSON.stringify({ body: text }), warm: true })
  const pair = (
    first: Parameters<typeof trial>[0],
    second: Parameters<typeof trial>[0],
    stage: Case['stage'] = 'sequence',
  ): Trial => {
    const made = trial({ ...second, case: { stage, injection: null, steps: [step(THEIRS), step(MINE)] } })
    return { ...made, observations: [trial(first).observations[0]!, made.observations[0]!] }
  }
  const says = (text: string) => ({ outcome: returned({ statusCode: 200, body: text }) })
  const judged = (made: Trial) => [...stateLeak.judge(made)]
  const put = { effects: [aws('dynamodb', 'PutItem', { Item: { id: { S: THEIRS } } })] }

  it('speaks of an answer with what the event before brought', () => {
    const [verdict] = judged(pair(says(THEIRS), says(`${THEIRS},${MINE}`)))
    expect(verdict).to.include({ anchor: 'state:response:answer' })
    expect(verdict?.canary?.canary).to.equal(MINE)
  })
  it('speaks of a call with it', () => {
    const [verdict] = judged(pair({}, put))
    expect(verdict).to.include({ anchor: 'state:aws:some.api', severity: 'medium' })
  })
  it('is silent where each answer holds its own', () => expect(judged(pair(says(THEIRS), says(MINE)))).to.deep.equal([]))
  it('speaks of what was only asked for', () => {
    const got = { ...says('ok'), effects: [aws('dynamodb', 'Query', { ':id': { S: THEIRS } })] }
    expect(judged(pair(got, says(THEIRS)))).to.have.lengthOf(1)
  })
  it('is silent on what was stored', () => expect(judged(pair({ ...says('ok'), ...put }, says(THEIRS)))).to.deep.equal([]))
  it('is silent on other sequences', () => expect(judged(pair(says(THEIRS), says(THEIRS), 'valid'))).to.deep.equal([]))
  it('is silent when the second one failed', () =>
    expect(judged(pair(says(THEIRS), { outcome: { kind: 'timed-out', afterMs: 1, spinning: false } }))).to.deep.equal([]))
})
