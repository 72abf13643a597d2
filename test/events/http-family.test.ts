import { expect } from 'chai'
import { alb } from '#src/events/alb.js'
import { apigwWebsocket } from '#src/events/apigw-websocket.js'
import { authorizerRequest } from '#src/events/authorizer-request.js'
import { functionUrl } from '#src/events/function-url.js'
import { caseMaker } from '#src/generate/index.js'
import type { EventSource, Json, JsonObject, Trigger } from '#src/model/index.js'

const service = {
  requestId: 'r',
  timeEpoch: 1_767_225_600_000,
  sourceIp: '192.0.2.1',
  apiId: 'a1b2c3d4e5',
  stage: 'prod',
  accountId: '000000000000',
  targetGroup: 'people',
}
const request = (changes: JsonObject): Json => ({
  route: 'ANY /*',
  method: 'GET',
  path: '/',
  pathParameters: {},
  query: {},
  headers: {},
  cookies: {},
  body: { kind: 'none' },
  service,
  ...changes,
})
const event = (source: EventSource, changes: JsonObject, trigger: Trigger = {}) =>
  source.toEvent(request(changes), trigger) as JsonObject

describe('function-url', () => {
  const url = (changes: JsonObject, trigger: Trigger = {}) =>
    event(functionUrl, { route: '$default', service: { ...service, stage: '$default' }, ...changes }, trigger)
  it('has a domain of its own and the default route', () => {
    const { requestContext, headers, routeKey } = url({})
    expect(requestContext).to.include({ domainName: 'a1b2c3d4e5.lambda-url.us-east-1.on.aws', stage: '$default' })
    expect(headers).to.include({ host: 'a1b2c3d4e5.lambda-url.us-east-1.on.aws' })
    expect(routeKey).to.equal('$default')
  })
  it('knows who signed where the URL asks for IAM, and nobody else', () => {
    expect(url({}, { authorizer: 'iam' })).to.have.nested.property('requestContext.authorizer.iam.userArn')
    expect(url({ claims: { sub: 'x' } }, { authorizer: 'none' })).to.not.have.nested.property('requestContext.authorizer')
  })
  it('gives nobody a path parameter', () => {
    const maker = caseMaker(functionUrl, {}, 1)
    const [draft] = maker.templates([])
    expect(maker.supply(draft!, '/pathParameters/id', 'x')).to.equal(undefined)
    expect(maker.supply(draft!, '/queryStringParameters/id', 'x')).to.not.equal(undefined)
  })
})

describe('alb', () => {
  it('hands query parameters over as they were sent, still encoded', () => {
    expect(event(alb, { query: { 'a b': ['1', 'x&y'] } })['queryStringParameters']).to.deep.equal({ 'a%20b': 'x%26y' })
  })
  it('holds lists instead of single values where the target group asks for them, never both', () => {
    const lists = event(alb, { multiValue: true, query: { a: ['1', '2'] }, headers: { 'X-A': ['3', '4'] } })
    expect(lists).to.deep.include({ multiValueQueryStringParameters: { a: ['1', '2'] } })
    expect(lists['multiValueHeaders']).to.deep.include({ 'x-a': ['3', '4'] })
    expect(lists).to.not.have.any.keys('headers', 'queryStringParameters')
    expect(event(alb, { multiValue: false })).to.not.have.any.keys('multiValueHeaders', 'multiValueQueryStringParameters')
  })
  it('takes its lists from the target group', () => {
    for (const multiValueHeaders of [true, false]) {
      const made = alb.templates({ multiValueHeaders }, []).map((wire) => alb.toEvent(wire, {}) as JsonObject)
      expect(made.map((one) => 'multiValueHeaders' in one)).to.deep.equal(made.map(() => multiValueHeaders))
    }
  })
  it('puts the client’s path in the place of the stars', () => {
    expect(event(alb, { route: 'GET /api/*', path: '/a b' })['path']).to.equal('/api/a%20b')
    expect(alb.fixed?.(request({ route: 'GET /health' }))).to.deep.equal(['/method', '/path'])
  })
  it('has an empty body where there is none, and base64 for what is neither text nor JSON', () => {
    expect(event(alb, {})).to.include({ body: '', isBase64Encoded: false })
    expect(event(alb, { body: { kind: 'json', value: { a: 1 } } })).to.include({ body: '{"a":1}', isBase64Encoded: false })
    expect(event(alb, { body: { kind: 'form', fields: { a: '1' } } })).to.include({ body: 'YT0x', isBase64Encoded: true })
  })
})

describe('authorizer-request', () => {
  const token = { kind: 'opaque', scheme: 'Bearer ', value: 't' }
  const asked = (changes: JsonObject) =>
    event(authorizerRequest, { route: 'GET /orders/{id}', pathParameters: { id: '1' }, ...changes })
  it('asks in format 1.0 with a method ARN, and empty maps where there is nothing', () => {
    const rest = asked({ format: '1.0', token })
    expect(rest).to.include({
      type: 'REQUEST',
      methodArn: 'arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/prod/GET/orders/1',
    })
    expect(rest).to.deep.include({ queryStringParameters: {}, stageVariables: {}, pathParameters: { id: '1' } })
    expect(rest['headers']).to.include({ Authorization: 'Bearer t' })
    expect(rest).to.not.have.any.keys('body', 'isBase64Encoded')
  })
  it('asks in format 2.0 with a route ARN and the identity source', () => {
    const http = asked({ format: '2.0', token })
    expect(http).to.deep.include({ version: '2.0', type: 'REQUEST', identitySource: ['Bearer t'], routeKey: 'GET /orders/{id}' })
    expect(http).to.not.have.any.keys('body', 'isBase64Encoded', 'methodArn')
    expect(asked({ format: '2.0' })['identitySource']).to.equal(null)
  })
  it('asks in the format that the API speaks', () => {
    for (const [payloadFormat, field] of [
      ['1.0', 'methodArn'],
      ['2.0', 'routeArn'],
    ] as const) {
      const maker = caseMaker(authorizerRequest, { payloadFormat }, 1)
      for (const [i, draft] of [...maker.templates([]), ...maker.samples(1, 20)].entries())
        expect(JSON.parse(maker.render(draft, i)?.steps[0]?.text ?? '{}'), JSON.stringify(draft.wire)).to.have.property(field)
    }
  })
  it('puts a claim that the function looks for into the token', () => {
    const maker = caseMaker(authorizerRequest, { payloadFormat: '2.0' }, 1)
    const draft = maker.templates([]).find((one) => JSON.stringify(one.wire).includes('"jwt"'))!
    const supplied = maker.supply(draft, '/headers/authorization#part2#base64#json/tenant', 'x')
    expect(supplied?.wire).to.have.nested.property('token.claims.tenant', 'x')
  })
})

describe('apigw-websocket', () => {
  const socket = { ...service, connectionId: 'c', messageId: 'm', connectedAt: 1 }
  const does = (wire: JsonObject) => apigwWebsocket.toEvent({ ...wire, service: socket }, {}) as JsonObject
  it('connects with headers and a query, without a body', () => {
    const connect = does({ kind: 'connect', query: { a: ['1', '2'] }, headers: { 'X-A': ['3'] }, cookies: {} })
    expect(connect).to.deep.include({ queryStringParameters: { a: '2' }, multiValueQueryStringParameters: { a: ['1', '2'] } })
    expect(connect['headers']).to.include({ 'X-A': '3' })
    expect(connect['requestContext']).to.include({ routeKey: '$connect', eventType: 'CONNECT', connectionId: 'c' })
    expect(connect).to.not.have.property('body')
  })
  it('sends messages with a body, without headers', () => {
    const message = does({ kind: 'message', route: 'join', body: { kind: 'json', value: { action: 'join' } } })
    expect(message).to.include({ body: '{"action":"join"}' }).and.not.have.property('headers')
    expect(message['requestContext']).to.include({ routeKey: 'join', eventType: 'MESSAGE', messageId: 'm' })
  })
  it('disconnects with a code and a reason', () => {
    expect(does({ kind: 'disconnect', statusCode: 4000, reason: 'bye' })['requestContext']).to.include({
      eventType: 'DISCONNECT',
      disconnectStatusCode: 4000,
      disconnectReason: 'bye',
    })
  })
  it('says in a message which route it takes', () => {
    const maker = caseMaker(apigwWebsocket, { routes: ['$connect', 'join'] }, 1)
    const bodies = maker.samples(1, 40).flatMap((draft, i) => {
      const { body } = JSON.parse(maker.render(draft, i)!.steps[0]!.text) as { body?: string }
      return body === undefined ? [] : [JSON.parse(body) as JsonObject]
    })
    expect(bodies.length).to.be.greaterThan(0)
    for (const body of bodies) expect(body).to.have.property('action', 'join')
  })
  it('makes nothing of a route that the function does not have', () => {
    const maker = caseMaker(apigwWebsocket, { routes: ['$disconnect'] }, 1)
    for (const [i, draft] of [...maker.templates([]), ...maker.samples(1, 20)].entries())
      expect(maker.render(draft, i)?.steps[0]?.text).to.include('"eventType":"DISCONNECT"')
  })
})
