import { expect } from 'chai'
import { otherBodies, withTokens } from '#src/campaign/other-requests.js'
import { sourceOf } from '#src/events/index.js'
import { caseMaker } from '#src/generate/index.js'
import { canariesIn, type Draft, type InsertionPoint, SLOT } from '#src/model/index.js'

interface HttpEvent {
  readonly body?: string
  readonly isBase64Encoded: boolean
  readonly headers: Readonly<Record<string, string>>
}

const maker = caseMaker(sourceOf('apigw-v2'), {}, 1)
const eventOf = (draft: Draft): HttpEvent => JSON.parse(maker.render(draft, 7)!.steps[0]!.text) as HttpEvent

describe('requests beside those with JSON', () => {
  it('have plain text, bytes, a form or an upload for a body, each with a marker', () => {
    const events = otherBodies(maker, maker.templates([])).map(eventOf)
    expect(events.map(({ headers }) => headers['content-type'])).to.deep.equal([
      'text/plain',
      'application/octet-stream',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=eventfuzz-part',
    ])
    for (const { body = '', isBase64Encoded } of events)
      expect(canariesIn(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body)).to.not.deep.equal([])
  })
  it('show a token that nobody signed where a token is asked for, and none where not', () => {
    const point: InsertionPoint = { wire: '/headers/authorization', control: 'attacker', encodings: [], kind: 'object' }
    const [plain] = maker.templates([])
    const asked = maker.withValue(plain!, point, [`Bearer ${SLOT}`])
    const [bearer, bare] = withTokens(maker, [plain!, asked]).map((draft) => eventOf(draft).headers['authorization'] ?? '')
    const claims = Buffer.from(bare!.split('.')[1]!, 'base64url').toString()
    expect(canariesIn(claims)).to.not.deep.equal([])
    expect(bearer!.slice(0, 7)).to.equal('Bearer ')
    expect(withTokens(maker, [plain!])).to.deep.equal([])
  })
})
