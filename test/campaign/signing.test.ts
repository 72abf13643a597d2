import { createHmac } from 'node:crypto'
import { expect } from 'chai'
import { answeringSigned } from '#src/campaign/signing.js'
import { apigwV2 } from '#src/events/apigw-v2.js'
import { caseMaker } from '#src/generate/index.js'
import type { Json, Mac, TokenCheck, Trial } from '#src/model/index.js'

const maker = caseMaker(apigwV2, { source: 'apigw-v2' } as never, 1)
const key = Buffer.from('shared').toString('base64')

/** A POST of JSON with a signature of nobody, of which the function was seen to sign `data`. */
function asked(mac: (body: string) => Partial<Mac>, checks: readonly TokenCheck[] = []): readonly Json[] {
  const [, template] = maker.templates([])
  const draft = ['x-signature', 'x-moment'].reduce((one, name) => maker.supply(one, `/headers/${name}`, '{{canary}}')!, template!)
  const made = maker.render(maker.supply(draft, '/body#json/id', '{{canary}}')!, 7)!
  const { body } = JSON.parse(made.steps[0]!.text) as { body: string }
  const macs = [{ algorithm: 'sha256', key, data: body, as: 'hex' as const, ...mac(body) }]
  const trial = { case: made, observations: [{ macs, tokenChecks: checks }], secrets: [] } as unknown as Trial
  return answeringSigned(maker, trial).map((one) => JSON.parse(maker.render(one.draft, 8)!.steps[0]!.text) as Json)
}

const signatureOf = (event: Json): unknown => (event as { headers: Record<string, unknown> }).headers['x-signature']
const own = (event: Json, before = ''): string =>
  createHmac('sha256', 'shared')
    .update(before + (event as { body: string }).body)
    .digest('hex')

describe('an event that the function wants signed', () => {
  it('is signed over what it is, in the forms that senders use', () => {
    const events = asked(() => ({}))
    expect(events.map(signatureOf)).to.include.members(
      events.slice(0, 1).flatMap((one) => [own(one), `sha256=${own(one)}`, `v0=${own(one)}`]),
    )
  })
  it('is signed over what stands between, too', () => {
    const events = asked((body) => ({ data: `v0:${body}` }))
    expect(events.some((one) => signatureOf(one) === own(one, 'v0:'))).to.equal(true)
  })
  for (const [what, mac] of [
    ['an algorithm that there is not', { algorithm: 'no-such-hash' }],
    ['a name that every object has', { algorithm: '__proto__' }],
    ['data that is no part of the event', { data: 'something else altogether' }],
  ] as const)
    it(`is left alone at ${what}`, () => expect(asked(() => mac)).to.deep.equal([]))
  it('is left alone at data of more parts than anybody joins', () => {
    expect(asked((body) => ({ data: body.repeat(3) }))).not.to.deep.equal([])
    expect(asked((body) => ({ data: body.repeat(2_000) }))).to.deep.equal([])
  })
  it('is left alone at a token that no shared key signs', () => {
    const check = { token: 'ef', key, iss: null, aud: null, sub: null }
    const none = (alg: string) => asked(() => ({ data: '' }), [{ ...check, alg }])
    expect([...none('RS256'), ...none('__proto__'), ...none('constructor')]).to.deep.equal([])
  })
})
