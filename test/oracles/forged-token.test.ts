import { expect } from 'chai'
import { forgedToken as tokenOf } from '#src/generate/forged-token.js'
import type { Effect } from '#src/model/index.js'
import { forgedToken } from '#src/oracles/forged-token.js'
import { effect, HEAD, returned, TAIL, trial } from './trial-maker.js'

const token = tokenOf('unsigned', HEAD)
const point = { wire: '/headers/authorization/0', control: 'attacker', encodings: ['header'], kind: 'leaf' } as const
const injection = { family: 'forged-token', payload: 'unsigned', point, head: HEAD, tail: TAIL, joined: '' }
const event = { headers: { authorization: `Bearer ${token}` } }
const aws = (operation: string, text: string): Effect =>
  effect('aws', { service: 'dynamodb', operation, params: { Key: { id: { S: text } } } })

const judged = (made: Parameters<typeof trial>[0]): readonly string[] =>
  [...forgedToken.judge(trial({ case: { injection }, event, ...made }))].map(({ evidence }) => evidence)

describe('a forged token', () => {
  const [head, claims, signature] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString())
  it('says that nobody signed it', () => {
    expect(JSON.parse(head!)).to.include({ alg: 'none' })
    expect(signature).to.equal('')
    expect(tokenOf('forged', HEAD).split('.')[2]).to.have.length.above(60)
  })
  it('is of its marker, and holds for long', () => {
    expect(JSON.parse(claims!)).to.include({ sub: HEAD, 'cognito:username': HEAD })
    expect((JSON.parse(claims!) as { exp: number }).exp).to.be.above(Date.UTC(2090, 0) / 1000)
  })
})

describe('forged-token', () => {
  it('speaks of an answer for its subject', () =>
    expect(judged({ outcome: returned({ statusCode: 200, body: `hello ${HEAD}` }) })[0]).to.include('whose algorithm is none'))
  it('speaks of a call for its subject', () => expect(judged({ effects: [aws('GetItem', HEAD)] })).to.have.lengthOf(1))
  it('is silent on a refusal that names the subject', () =>
    expect(
      judged({ outcome: returned({ statusCode: 403, body: `not ${HEAD}` }), effects: [aws('GetItem', HEAD)] }),
    ).to.deep.equal([]))
  it('is silent where only the token is passed on', () => expect(judged({ effects: [aws('GetItem', token)] })).to.deep.equal([]))
  it('is silent where somebody was asked about the token', () =>
    expect(judged({ effects: [aws('GetItem', token), aws('Query', HEAD)] })).to.deep.equal([]))
  it('is silent where the token is not looked into', () => expect(judged({})).to.deep.equal([]))

  describe('shown to an authorizer', () => {
    const policy = (Effect: string) => ({
      principalId: 'member',
      policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: '*' }] },
    })
    const asked = (Effect: string) =>
      judged({
        case: { injection: { ...injection, family: 'forged-credential' }, contract: 'authorizer' },
        outcome: returned(policy(Effect)),
        effects: [aws('GetItem', 'key-1')],
      })
    it('speaks of an Allow, whoever it is for and wherever the key came from', () =>
      expect(asked('Allow')[0]).to.include('lets in'))
    it('is silent on a Deny', () => expect(asked('Deny')).to.deep.equal([]))
  })
})
