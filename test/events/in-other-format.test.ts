import { expect } from 'chai'
import { inOtherFormat, otherFormats } from '#src/events/in-other-format.js'
import { sourceOf } from '#src/events/index.js'
import type { JsonObject, SourceId, Trigger } from '#src/model/index.js'

const request = (source: SourceId, trigger: Trigger = {}) => sourceOf(source, trigger).templates(trigger, [])[0] as JsonObject
const READS_BOTH = 'const method = event.httpMethod ?? event.requestContext.http.method'

describe('a request in another format', () => {
  it('keeps its method and path', () => {
    const wire = { ...request('apigw-v2'), method: 'PUT', path: '/members/7' }
    for (const [to, path] of [
      ['apigw-v1', 'path'],
      ['alb', 'path'],
      ['function-url', 'rawPath'],
    ] as const) {
      const event = sourceOf(to).toEvent(inOtherFormat(wire, to, undefined)!, {}) as JsonObject
      expect(event[path], to).to.equal('/members/7')
      expect(event['httpMethod'] ?? (event['requestContext'] as { http: JsonObject }).http['method'], to).to.equal('PUT')
    }
  })
  it('takes the route that fits, with its parameters', () => {
    const wire = { ...request('apigw-v2'), method: 'GET', path: '/members/7' }
    const routes = ['POST /members/{id}', 'GET /members', 'GET /members/{id}']
    expect(inOtherFormat(wire, 'apigw-v1', routes))
      .to.include({ route: 'GET /members/{id}' })
      .and.to.deep.include({ pathParameters: { id: '7' } })
    expect(inOtherFormat(wire, 'apigw-v1', ['POST /members/{id}'])).to.equal(undefined)
    const greedy = inOtherFormat(wire, 'apigw-v1', ['ANY /members/{proxy+}'])
    expect((sourceOf('apigw-v1').toEvent(greedy!, {}) as JsonObject)['path']).to.equal('/members/7')
  })
})

describe('the other formats of a target', () => {
  it('are those of its triggers that nobody stands before', () => {
    const of = (authorizer: NonNullable<Trigger['authorizer']>) =>
      otherFormats('apigw-v2', { sources: ['apigw-v1', 'apigw-v2', 'sqs'], triggers: { 'apigw-v1': { authorizer } } }, '')
    expect(of('none')).to.deep.equal([{ source: 'apigw-v1', isTrigger: true }])
    expect(of('iam')).to.deep.equal([])
  })
  it('are what the code reads where no template says', () => {
    const of = (code: string) => otherFormats('apigw-v2', { sources: ['apigw-v2'], triggers: {} }, code)
    expect(of(READS_BOTH)).to.deep.equal([{ source: 'apigw-v1', isTrigger: false }])
    expect(of('event.rawPath')).to.deep.equal([])
    expect(otherFormats('apigw-v2', { sources: ['apigw-v2'], triggers: { 'apigw-v2': {} } }, READS_BOTH)).to.deep.equal([])
    expect(otherFormats('sqs', { sources: ['sqs'], triggers: {} }, READS_BOTH)).to.deep.equal([])
  })
})
