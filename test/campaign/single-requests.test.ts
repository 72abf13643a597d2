import { expect } from 'chai'
import { singleRequests } from '#src/campaign/single-requests.js'
import type { Variant } from '#src/campaign/variant.js'
import { apigwV1 } from '#src/events/apigw-v1.js'
import { inOtherFormat } from '#src/events/in-other-format.js'
import { caseMaker } from '#src/generate/index.js'
import { isJsonObject } from '#src/model/index.js'

const REQUEST = { routes: ['GET /orders'] }

describe('a request that is sent in two formats', () => {
  for (const [what, pointer] of [
    ['an identity provider', '/requestContext/authorizer/claims/email'],
    ['a Lambda authorizer', '/requestContext/authorizer/tenant'],
  ] as const)
    it(`leaves out what ${what} says: it speaks to one API`, () => {
      const maker = caseMaker(apigwV1, REQUEST, 1)
      const draft = maker.supply(maker.templates([])[0]!, pointer, 'x')!
      expect(JSON.stringify(draft.wire)).to.include('user-1')
      const made = singleRequests([{ draft } as unknown as Variant])
      expect(made).to.not.deep.equal([])
      for (const { wire } of made) expect(JSON.stringify(wire)).to.not.include('user-1')
      const other = inOtherFormat(draft.wire, 'apigw-v2', REQUEST.routes)
      expect(isJsonObject(other ?? null)).to.equal(true)
      expect(JSON.stringify(other)).to.not.include('user-1')
    })
})
