import { expect } from 'chai'
import fc from 'fast-check'
import { matching } from '#src/campaign/matching.js'
import { SLOT } from '#src/model/index.js'

const STAND_IN = 'efaaaaaaaaaaz'
const ROOM: readonly (readonly [source: string, flags: string, marked: string])[] = [
  ['^\\/notes\\/([^/]+)\\/print$', '', `/notes/${SLOT}/print`],
  ['^[a-z]+-\\d{4}$', '', `${SLOT}-9490`],
  ['^Bearer (.+)$', 'i', `Bearer ${SLOT}`],
  ['\\.(png|jpg)$', 'g', `${SLOT}.png`],
  ['^(\\w+)@(\\w+)\\.com$', '', `${SLOT}@${SLOT}.com`],
]

describe('texts for a pattern', () => {
  for (const [source, flags, marked] of ROOM)
    it(`leaves room for a marker in /${source}/${flags}`, () => {
      expect(matching(source, flags)[0]).to.equal(marked)
    })

  it('answers without room where there is none, and not at all what it cannot make', () => {
    expect(matching('^\\d{4}$', ''))
      .to.have.lengthOf(2)
      .and.to.satisfy((texts: string[]) => texts.every((text) => /^\d{4}$/.test(text)))
    expect(matching('^(?=a)b$', '')).to.deep.equal([])
    expect(matching('(', '')).to.deep.equal([])
  })

  it('is not held up by a pattern that the generator never fulfils', () => {
    expect(matching('[^\\x00-\\x7F]', '')).to.deep.equal([])
    expect(matching('^[^\\x00-\\x7F]+$', 'i')).to.deep.equal([])
    // The generator is none the worse for it.
    expect(matching('^b{3}$', '')).to.deep.equal(['bbb'])
  })

  it('is not held up by a pattern that takes exponential time', () => {
    expect(matching('^(?:\\d+)+\\d{35}$', '')).to.have.lengthOf(2)
  })

  it('only gives texts that match, whatever the pattern', () => {
    const part = fc.constantFrom('[a-z]+', '\\d{2}', 'x?', '(?:a|bc)', '.*', '-', '\\/', '[^/]+', '\\w{1,5}', 'Z')
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.boolean(), (parts, anchored) => {
        const source = anchored ? `^${parts.join('')}$` : parts.join('')
        for (const text of matching(source, '')) expect(text.replaceAll(SLOT, STAND_IN)).to.match(new RegExp(source))
      }),
      { numRuns: 50, seed: 1 },
    )
  })
})
