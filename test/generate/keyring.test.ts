import { createHmac } from 'node:crypto'
import { expect } from 'chai'
import { isSigned, keyedToken, stamper } from '#src/generate/stamp.js'
import { type Json, learnMac, learnToken, NOW, textsOf } from '#src/model/index.js'

const key = Buffer.from('k-1')
const mac = (data: string, as: 'hex' | 'base64' = 'hex') => createHmac('sha256', key).update(data).digest(as)
const stamped = (event: Json): Json => JSON.parse(stamper(event)?.(JSON.stringify(event)) ?? 'null') as Json

describe('signatures of events', () => {
  it('are made of the event as it is sent, and of what stands between', () => {
    const mark = learnMac({ algorithm: 'sha256', key, as: 'hex', parts: [{ text: 'v0:' }, { at: ['body'] }] })
    for (const body of ['{"a":1}', 'plain']) {
      expect(stamped({ headers: { sig: `v0=${mark}` }, body })).to.deep.equal({
        headers: { sig: `v0=${mac(`v0:${body}`)}` },
        body,
      })
    }
  })
  it('reach into JSON and base64', () => {
    const at = ['body', '#base64', '#json', 'id']
    const mark = learnMac({ algorithm: 'sha256', key, as: 'base64', parts: [{ at }] })
    const body = Buffer.from('{"id":"x-77"}').toString('base64')
    expect(stamped({ sig: mark, body })).to.deep.equal({ sig: mac('x-77', 'base64'), body })
    expect([...textsOf({ body })].find(({ text }) => text === 'x-77')?.at).to.deep.equal(at)
  })
  it('go over the moment that the event names', () => {
    const mark = learnMac({ algorithm: 'sha256', key, as: 'hex', parts: [{ now: 1 }, { text: '.' }, { at: ['body'] }] })
    const { sig } = stamped({ sig: `t=${NOW[0]},v1=${mark}`, body: 'b' }) as { sig: string }
    const [, seconds = '', made] = /^t=(\d{10}),v1=(\w+)$/.exec(sig) ?? []
    expect(Math.abs(Number(seconds) - Date.now() / 1000)).to.be.below(60)
    expect(made).to.equal(mac(`${seconds}.b`))
  })
  it('stay marks where the key is not known', () => {
    expect(stamped({ sig: 'efmac-0123456789-', body: '' })).to.deep.equal({ sig: 'efmac-0123456789-', body: '' })
    expect(keyedToken('0123456789', 'efaaaaaaaaaaz')).to.equal('')
  })
  it('are none of events that ask for none', () => expect(stamper({ body: 'x' })).to.equal(undefined))
  it('name no key in what a draft holds', () => {
    const secret = Buffer.from('very-secret-key')
    const held =
      learnMac({ algorithm: 'sha256', key: secret, as: 'hex', parts: [] }) +
      learnToken({ algorithm: 'sha256', key: secret, claims: {} })
    for (const form of ['utf8', 'hex', 'base64'] as const) expect(held).not.to.include(secret.toString(form))
    expect(isSigned({ headers: { a: held } })).to.equal(true)
    expect(isSigned({ headers: { a: '{{token.forged}}' } })).to.equal(false)
  })
})

describe('tokens that are signed with a key of the function', () => {
  it('verify, and say who they are of and what is asked for', () => {
    const id = /[0-9a-f]{10}/.exec(learnToken({ algorithm: 'sha512', key, claims: { iss: 'https://id.example' } }))![0]
    const [header = '', claims = '', signature] = keyedToken(id, 'efaaaaaaaaaaz').split('.')
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).to.deep.equal({ alg: 'HS512', typ: 'JWT' })
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).to.include({
      iss: 'https://id.example',
      sub: 'efaaaaaaaaaaz',
    })
    expect(signature).to.equal(createHmac('sha512', key).update(`${header}.${claims}`).digest('base64url'))
  })
})
