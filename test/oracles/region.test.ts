import { expect } from 'chai'
import fc from 'fast-check'
import { excerpt, regionsIn } from '#src/oracles/region.js'
import { HEAD, TAIL } from './trial-maker.js'

const cut = (text: string): string[] => regionsIn(text, HEAD, TAIL).map(({ start, end }) => text.slice(start, end))

describe('regionsIn', () => {
  it('finds every use', () =>
    expect(cut(`a${HEAD}x${TAIL}b${HEAD}y${TAIL}`)).to.deep.equal([`${HEAD}x${TAIL}`, `${HEAD}y${TAIL}`]))
  it('is the head alone where the tail was cut off', () => expect(cut(`a ${HEAD}x`)).to.deep.equal([HEAD]))
  it('does not reach over another head', () =>
    expect(cut(`'${HEAD}x', '${HEAD}xy${TAIL}'`)).to.deep.equal([HEAD, `${HEAD}xy${TAIL}`]))
  it('knows no tail without its head', () => expect(cut(`${TAIL} a ${TAIL}`)).to.deep.equal([]))
  it('keeps its place among letters that change length with their case', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('İ', 'ß', '\u{1f600}', '\u212a', 'a', "'") }), (text) => {
        expect(cut(`${text}${HEAD.toUpperCase()}${text}${TAIL}${text}`)).to.deep.equal([`${HEAD.toUpperCase()}${text}${TAIL}`])
      }),
      { seed: 1 },
    )
  })
  it('shows the text around it', () => {
    const text = `${'a'.repeat(100)}${HEAD}${TAIL}${'b'.repeat(100)}`
    expect(excerpt(text, regionsIn(text, HEAD, TAIL)[0]!)).to.equal(`…${'a'.repeat(60)}${HEAD}${TAIL}${'b'.repeat(60)}…`)
  })
})
