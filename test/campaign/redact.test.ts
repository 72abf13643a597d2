import { expect } from 'chai'
import { redact } from '#src/campaign/redact.js'

describe('what is redacted', () => {
  for (const value of ['tok-4f1c9e77', 'p"4s\\s/w0rd', 'a","b":"c', 'geheim\nschlüssel'])
    it(`${JSON.stringify(value)}, however deep in JSON it stands`, () => {
      const body = JSON.stringify({ token: value })
      const event = JSON.stringify({ statusCode: 200, body })
      const document = { evidence: `holds ${value}`, event, outer: JSON.stringify(event), other: ['a', 'b'] }
      const clean = redact(document, [{ name: 'TOKEN', value }])
      expect(clean.evidence).to.equal('holds [redacted TOKEN]')
      expect(JSON.parse((JSON.parse(clean.event) as { body: string }).body)).to.deep.equal({ token: '[redacted TOKEN]' })
      expect(JSON.parse(clean.outer)).to.equal(clean.event)
      expect(clean.other).to.deep.equal(['a', 'b'])
    })

  it('nothing that is too short to be one, and nothing where there is none', () => {
    const document = { text: 'abc' }
    expect(redact(document, [{ name: 'PIN', value: 'abc' }])).to.equal(document)
  })
})
