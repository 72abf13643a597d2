import { expect } from 'chai'
import { apigwV1 } from '#src/events/apigw-v1.js'
import { apigwV2 } from '#src/events/apigw-v2.js'
import { caseMaker } from '#src/generate/index.js'
import type { EventSource, JsonObject, Trigger } from '#src/model/index.js'

const AUTHORIZERS = ['none', 'iam', 'jwt', 'cognito', 'lambda-token', 'lambda-request', 'api-key'] as const
const ROUTE = { routes: ['GET /orders'] }

/** The event of the first template after the function looked for `pointer`; the same one where nobody can deliver it. */
function eventOf(source: EventSource, trigger: Trigger, pointer?: string): JsonObject {
  const maker = caseMaker(source, trigger, 1)
  const [template] = maker.templates([])
  const draft = pointer === undefined ? template! : (maker.supply(template!, pointer, 'x') ?? template!)
  return JSON.parse(maker.render(draft, 1)!.steps[0]!.text) as JsonObject
}
const authorizerOf = (event: JsonObject) => (event['requestContext'] as JsonObject)['authorizer']

describe('what an authorizer says', () => {
  for (const [source, authorizer, pointer, expected] of [
    [apigwV1, undefined, '/requestContext/authorizer/claims/email', { claims: { email: 'user-1' } }],
    [apigwV1, undefined, '/requestContext/authorizer', { claims: { sub: 'user-1' } }],
    [apigwV2, undefined, '/requestContext/authorizer', { jwt: { claims: { sub: 'user-1' }, scopes: null } }],
    [apigwV1, 'none', '/requestContext/authorizer/claims/email', undefined],
    [apigwV1, 'api-key', '/requestContext/authorizer/tenant', undefined],
    [
      apigwV1,
      'cognito',
      '/requestContext/authorizer/claims/email',
      { claims: { sub: 'user-1', 'cognito:username': 'user-1', email: 'user-1' } },
    ],
    [apigwV1, 'lambda-token', '/requestContext/authorizer/tenant', { principalId: 'user-1', tenant: 'user-1' }],
    [apigwV1, 'lambda-request', '/requestContext/authorizer/claims/email', { principalId: 'user-1' }],
    [apigwV2, undefined, '/requestContext/authorizer/jwt/claims/email', { jwt: { claims: { email: 'user-1' }, scopes: null } }],
    [apigwV1, undefined, '/requestContext/authorizer', { claims: { sub: 'user-1' } }],
    [apigwV1, undefined, '/requestContext/authorizer/tenant', { principalId: 'user-1', tenant: 'user-1' }],
    [apigwV2, undefined, '/requestContext/authorizer', { jwt: { claims: { sub: 'user-1' }, scopes: null } }],
    [apigwV2, undefined, '/requestContext/authorizer/lambda/tenant', { lambda: { tenant: 'user-1' } }],
    [
      apigwV2,
      undefined,
      '/requestContext/authorizer/iam/userArn',
      {
        iam: {
          accessKey: 'AKIAEXAMPLE',
          accountId: '000000000000',
          principalOrgId: 'o-example',
          userArn: 'arn:aws:iam::000000000000:user/user-1',
          callerId: 'AIDAEXAMPLE',
          cognitoIdentity: null,
          userId: 'user-1',
        },
      },
    ],
    [apigwV2, 'none', '/requestContext/authorizer/iam', undefined],
    [apigwV2, 'none', '/requestContext/authorizer/jwt/claims/email', undefined],
    [
      apigwV2,
      'jwt',
      '/requestContext/authorizer/jwt/claims/email',
      { jwt: { claims: { sub: 'user-1', email: 'user-1' }, scopes: null } },
    ],
    [apigwV2, 'lambda-request', '/requestContext/authorizer/lambda/tenant', { lambda: { tenant: 'user-1' } }],
    [apigwV2, 'lambda-request', '/requestContext/authorizer/jwt/claims/email', { lambda: null }],
  ] as const) {
    it(`${source.id} ${authorizer ?? 'unknown'}: ${pointer}`, () => {
      const trigger = { ...ROUTE, ...(authorizer === undefined ? {} : { authorizer }) }
      expect(authorizerOf(eventOf(source, trigger, pointer))).to.deep.equal(expected)
    })
  }

  it('is in the identity of a signed request', () => {
    const { identity } = eventOf(apigwV1, { authorizer: 'iam' })['requestContext'] as { identity: JsonObject }
    expect(identity).to.include({ userArn: 'arn:aws:iam::000000000000:user/user-1', cognitoIdentityId: null })
    expect(authorizerOf(eventOf(apigwV2, { authorizer: 'iam' }))).to.have.nested.property('iam.userArn')
  })

  it('is in every event once it is known to be read, also in sampled ones and without what a sender may leave out', () => {
    const maker = caseMaker(apigwV2, { ...ROUTE, authorizer: 'lambda-request' }, 1)
    const [template] = maker.templates([])
    const draft = maker.supply(template!, '/requestContext/authorizer/lambda/tenant', 'x')!
    for (const each of [template!, ...maker.samples(1, 20), maker.without(draft, maker.removable(draft))]) {
      const event = JSON.parse(maker.render(each, 1)!.steps[0]!.text) as JsonObject
      expect(authorizerOf(event)).to.deep.equal({ lambda: { tenant: 'user-1' } })
    }
  })

  for (const source of [apigwV1, apigwV2]) {
    it(`makes valid events of ${source.id} of each kind`, () => {
      for (const authorizer of AUTHORIZERS) {
        const maker = caseMaker(source, { ...ROUTE, authorizer }, 1)
        for (const draft of maker.samples(1, 10)) expect(maker.render(draft, 1), authorizer).to.not.equal(undefined)
      }
    })

    it(`keeps to the known routes of ${source.id}, whatever parameters the function looks for`, () => {
      const [path] = [eventOf(source, ROUTE, '/pathParameters/id')].map((event) => event['path'] ?? event['rawPath'])
      expect(path).to.equal('/orders')
      expect(JSON.stringify(eventOf(source, {}, '/pathParameters/id'))).to.include('{id}')
    })
  }
})

describe('a body that is not text', () => {
  const bodyOf = (trigger: Trigger) => {
    const wire = { ...(apigwV1.templates({}, [])[0] as JsonObject), body: { kind: 'binary', text: 'hé' } }
    const { body, isBase64Encoded } = apigwV1.toEvent(wire, trigger) as JsonObject
    return [body, isBase64Encoded]
  }
  it('is base64 in a REST API only where its type is one of the binary media types', () => {
    const coded = Buffer.from('hé').toString('base64')
    expect(bodyOf({})).to.deep.equal([coded, true])
    expect(bodyOf({ binaryMediaTypes: ['*/*'] })).to.deep.equal([coded, true])
    expect(bodyOf({ binaryMediaTypes: ['application/octet-stream'] })).to.deep.equal([coded, true])
    expect(bodyOf({ binaryMediaTypes: ['image/png'] })).to.deep.equal(['hé', false])
  })
})
