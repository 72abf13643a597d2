import { expect } from 'chai'
import { usual } from '#src/campaign/plausible.js'

describe('what people mean by a field of this name', () => {
  const CASES: readonly (readonly [string, unknown])[] = [
    ['email', '{{canary}}@example.invalid'],
    ['contactEmail', '{{canary}}@example.invalid'],
    ['callbackUrl', 'https://{{canary}}.example.invalid/x'],
    ['weburl', 'https://{{canary}}.example.invalid/x'],
    ['page_size', 2],
    ['discount', 2],
    ['isActive', true],
    ['startDate', '2026-01-02'],
    ['created_at', '2026-01-02T03:04:05.000Z'],
    // Words that only contain one of those.
    ['userAgent', undefined],
    ['message', undefined],
    ['report', undefined],
    ['image', undefined],
    ['country', undefined],
    ['accountId', undefined],
    ['security', undefined],
    ['canvas', undefined],
    ['island', undefined],
    ['update', undefined],
  ]
  for (const [name, value] of CASES)
    it(`${name}: ${String(value ?? 'anything')}`, () => expect(usual(name, true)).to.equal(value))

  it('is a text where everything is one', () => expect(usual('limit', false)).to.equal('2'))
})
