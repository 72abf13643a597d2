import { expect } from 'chai'
import { authorizerToken } from '#src/events/authorizer-token.js'
import { caseMaker } from '#src/generate/index.js'
import type { Json } from '#src/model/index.js'

const wire = (token: object): Json =>
  ({ token, method: 'GET', path: 'orders/1', service: { apiId: 'a1b2c3d4e5', stage: 'prod', accountId: '000000000000' } }) as Json
const event = (token: object) => authorizerToken.toEvent(wire(token), {}) as { authorizationToken: string; methodArn: string }
const jwt = {
  kind: 'jwt',
  scheme: 'Bearer ',
  header: { alg: 'RS256', typ: 'JWT' },
  claims: { sub: 'é', exp: 4_000_000_000 },
  signature: 'c2ln',
}

describe('authorizer-token', () => {
  it('has a JWT of three base64url parts', () => {
    const [scheme, token] = event(jwt).authorizationToken.split(' ')
    const [header, claims, signature] = token!.split('.').map((part) => Buffer.from(part, 'base64url').toString('utf8'))
    expect(scheme).to.equal('Bearer')
    expect(token).to.match(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(JSON.parse(header!)).to.deep.equal(jwt.header)
    expect(JSON.parse(claims!)).to.deep.equal(jwt.claims)
    expect(signature).to.equal('sig')
  })
  it('passes another token on as it is, but for the blanks around it', () => {
    expect(event({ kind: 'opaque', scheme: '', value: '\t a b ' }).authorizationToken).to.equal('a b')
  })
  it('names the method that was called', () => {
    expect(event(jwt).methodArn).to.equal('arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/prod/GET/orders/1')
  })
  it('shows a claim’s canary inside the token', () => {
    const maker = caseMaker(authorizerToken, {}, 1)
    const draft = maker.templates([]).find((one) => JSON.stringify(one.wire).includes('"jwt"'))!
    const made = maker.render(draft, 1)!
    const planted = made.canaries.find(({ point }) => point.wire === '/token/claims/sub')!
    expect(maker.pointers(made, planted.canary)).to.deep.equal(['/authorizationToken#part2#base64#json/sub'])
  })
  it('is asked by curl', () => {
    expect(authorizerToken.recipe(wire({ kind: 'opaque', scheme: 'Bearer ', value: "it's" }), {})).to.deep.equal([
      `curl --path-as-is -X GET -H 'authorization: Bearer it'\\''s' "$BASE"/orders/1`,
    ])
  })
})
