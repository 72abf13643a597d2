import { expect } from 'chai'
import { sourceOf } from '#src/events/index.js'
import type { Json, JsonObject, SourceId } from '#src/model/index.js'

const UP = '/files/..%2f..%5Cx%2e y%3d%'

/** Source, route, and where the path stands in the event: what the client encoded itself stays, all else is encoded, or decoded. */
const EVENTS: readonly (readonly [source: SourceId, route: string, path: string, proxy?: string])[] = [
  ['alb', 'ANY /*', '/files/..%2f..%5Cx%2e%20y%253d%25'],
  ['apigw-v1', 'GET /{proxy+}', '/files/..%2f..%5Cx%2e%20y%253d%25', 'files/../..\\x. y%3d%'],
  ['apigw-v2', 'GET /{proxy+}', '/files/..%2f..%5Cx%2e y%3d%', 'files/..%2f..%5Cx%2e y%3d%'],
]

describe('dots and slashes that a client has encoded itself', () => {
  for (const [id, route, path, proxy] of EVENTS)
    it(`come as ${id} hands them over`, () => {
      const source = sourceOf(id)!
      const [template] = source.templates({ routes: [route] }, []) as readonly JsonObject[]
      const event = source.toEvent({ ...template, route, path: UP, pathParameters: {} } as Json, {}) as JsonObject
      expect(event['path'] ?? event['rawPath']).to.equal(path)
      expect((event['pathParameters'] as JsonObject | undefined)?.['proxy']).to.equal(proxy)
    })
})
