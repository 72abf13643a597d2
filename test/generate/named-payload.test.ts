import { expect } from 'chai'
import { sourceOf } from '#src/events/index.js'
import { caseMaker } from '#src/generate/index.js'
import type { InsertionPoint, JsonObject, Payload, PayloadFamily } from '#src/model/index.js'

const payload: Payload = {
  id: 'p',
  value: { '{{name}}[$ne]': '{{canary}}' },
  control: { '{{name}}': '{{canary}}' },
  position: 'key',
}
const family = {
  id: 'f',
  sources: [],
  at: [],
  encodings: ['url-query', 'form'],
  rules: [],
  payloads: [payload],
} as unknown as PayloadFamily
const maker = caseMaker(sourceOf('apigw-v2'), {}, 1)
const point = (wire: string, kind: InsertionPoint['kind'] = 'leaf'): InsertionPoint => ({
  wire,
  kind,
  control: 'attacker',
  encodings: ['url-query'],
})
const draft = () => {
  const [first] = maker.templates([])
  return { ...first!, wire: { ...(first!.wire as JsonObject), query: { a: ['1'], b: ['2'] } } }
}

describe('a payload around the name of a parameter', () => {
  it('takes the place of the parameter, and its twin puts it back', () => {
    const placed = maker.place(draft(), point('/query/a/0'), family, payload)!
    expect(Object.keys((placed.wire as { query: JsonObject }).query)).to.deep.equal(['a[$ne]', 'b'])
    const made = maker.render(placed, 1)!
    const event = JSON.parse(made.steps[0]!.text) as { rawQueryString: string }
    expect(event.rawQueryString).to.equal(`a%5B%24ne%5D=${made.injection!.head}&b=2`)
    const twin = JSON.parse(maker.render(maker.control(placed), 2)!.steps[0]!.text) as { queryStringParameters: JsonObject }
    expect(Object.keys(twin.queryStringParameters)).to.have.members(['a', 'b'])
  })
  it('has no place elsewhere', () => {
    for (const at of [point('/query', 'object'), point('/headers/a/0'), point('/body/value/a'), point('/query/a[x]/0')])
      expect(maker.place(draft(), at, family, payload), at.wire).to.equal(undefined)
  })
})
