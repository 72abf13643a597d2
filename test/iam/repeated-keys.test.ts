import { expect } from 'chai'
import fc from 'fast-check'
import { repeatedKeys } from '#src/config/repeated-keys.js'

describe('repeated keys of a policy file', () => {
  // JSON text, keys that stand twice in one object
  const CASES: readonly (readonly [string, readonly string[]])[] = [
    ['{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}', []],
    ['{"a":1,"a":2}', ['a']],
    ['{"Condition":{"StringEquals":{"x":"1"},"StringEquals":{"y":"2"}}}', ['StringEquals']],
    ['[{"a":[{"a":1,"b":"a","\\u0061":2}]}]', ['a']],
    ['{"a":"\\"a\\":1,","b":"a"}', []],
    ['"a"', []],
  ]
  for (const [text, keys] of CASES)
    it(`in ${text} are ${keys.join(', ') || 'none'}`, () => expect(repeatedKeys(text)).to.deep.equal(keys))

  it('are none in what JavaScript wrote', () => {
    fc.assert(fc.property(fc.json(), (text) => repeatedKeys(JSON.stringify(JSON.parse(text))).length === 0))
  })
})
