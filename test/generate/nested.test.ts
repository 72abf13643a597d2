import { expect } from 'chai'
import { apigwV2 } from '#src/events/apigw-v2.js'
import { caseMaker } from '#src/generate/index.js'
import type { Draft, EventSource, Json } from '#src/model/index.js'

const SLOT = '{{canary}}'

/** The event after the function looked for these pointers, one after the other. */
function supplied(source: EventSource, pointers: readonly (readonly [string, Json])[], template = 0) {
  const maker = caseMaker(source, {}, 1)
  const from = maker.templates([])[template]!
  const draft = pointers.reduce<Draft>((now, [pointer, value]) => maker.supply(now, pointer, value) ?? now, from)
  const made = maker.render(draft, 7)!
  return { maker, draft, made, event: JSON.parse(made.steps[0]!.text) as never }
}

describe('documents inside texts', () => {
  const CHAINS: readonly (readonly [string, EventSource, string, readonly string[], (event: never) => unknown])[] = [
    [
      'JSON in a field of a JSON body',
      apigwV2,
      '/body#json/payload',
      ['#json', '/cmd'],
      ({ body }: { body: string }) => JSON.parse((JSON.parse(body) as { payload: string }).payload),
    ],
    [
      'JSON in base64 in a query parameter',
      apigwV2,
      '/queryStringParameters/state',
      ['#base64#json', '/cmd'],
      ({ queryStringParameters: { state } }: { queryStringParameters: { state: string } }) =>
        JSON.parse(Buffer.from(state, 'base64').toString()),
    ],
    [
      'a form in a header',
      apigwV2,
      '/headers/x-filter',
      ['#form', '/cmd'],
      ({ headers }: { headers: Record<string, string> }) => Object.fromEntries(new URLSearchParams(headers['x-filter'])),
    ],
  ]
  for (const [what, source, outer, inner, read] of CHAINS)
    it(`${what}: what is looked for inside it is put there`, () => {
      const pointers = inner.map((_one, i) => outer + inner.slice(0, i + 1).join(''))
      const steps: (readonly [string, Json])[] = [[outer, SLOT], ...pointers.map((p, i) => [p, i === 0 ? {} : SLOT] as const)]
      const { maker, made, event } = supplied(source, steps, 1)
      const value = read(event) as { cmd: string }
      const planted = made.canaries.find(({ canary }) => canary === value.cmd)
      expect(planted?.point.wire, 'a marker of its own').to.match(/\{(?:json|form)\}\/cmd$/)
      expect(maker.pointers(made, value.cmd)[0]).to.equal(pointers.at(-1))
    })

  it('keep payloads in their place: a key beside them, a text inside them', () => {
    const { maker, draft } = supplied(apigwV2, [
      ['/queryStringParameters/state', SLOT],
      ['/queryStringParameters/state#base64#json', {}],
      ['/queryStringParameters/state#base64#json/go', SLOT],
    ])
    const points = maker.points(draft)
    const inside = points.find(({ wire }) => wire.endsWith('{json}/go'))!
    expect(inside).to.include({ kind: 'leaf', control: 'attacker' })
    expect(inside.encodings).to.deep.equal(['url-query', 'base64', 'json-string'])
    const beside = points.find(({ wire }) => wire === '/query')!
    const withKey = maker.withValue(draft, { ...beside, wire: '/query/{{canary}}' }, ['1'])
    const event = JSON.parse(maker.render(withKey, 9)!.steps[0]!.text) as { queryStringParameters: Record<string, string> }
    expect(JSON.parse(Buffer.from(event.queryStringParameters['state']!, 'base64').toString())).to.have.key('go')
  })
})
