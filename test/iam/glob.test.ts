import { expect } from 'chai'
import fc from 'fast-check'
import { containsGlob, globsOverlap, matchesGlob } from '#src/iam/glob.js'
import { containsArns, matchesArn } from '#src/iam/match-arn.js'

const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })

// Slow and plainly right: the meaning of a glob, spelt out.
function means(pattern: string, given: string): boolean {
  if (pattern === '') return given === ''
  if (pattern[0] === '*') return means(pattern.slice(1), given) || (given !== '' && means(pattern, given.slice(1)))
  return given !== '' && (pattern[0] === '?' || pattern[0] === given[0]) && means(pattern.slice(1), given.slice(1))
}

describe('iam globs', () => {
  it('match what they mean', () => {
    fc.assert(
      fc.property(glob, text, (pattern, given) => matchesGlob(pattern, given) === means(pattern, given)),
      { numRuns: 5000 },
    )
  })

  it('contain only what they match', () => {
    fc.assert(
      fc.property(glob, glob, text, (outer, inner, given) => {
        if (containsGlob(outer, inner) && matchesGlob(inner, given)) expect(matchesGlob(outer, given)).to.equal(true)
      }),
      { numRuns: 20000 },
    )
  })

  it('overlap when one text is matched by both', () => {
    fc.assert(
      fc.property(glob, glob, text, (a, b, given) => {
        if (matchesGlob(a, given) && matchesGlob(b, given)) expect(globsOverlap(a, b)).to.equal(true)
      }),
      { numRuns: 20000 },
    )
  })

  it('do not overlap when their letters differ', () => {
    expect(globsOverlap('a*', 'b*')).to.equal(false)
    expect(globsOverlap('*a', '*b')).to.equal(false)
    expect(globsOverlap('a?', 'a')).to.equal(false)
    expect(globsOverlap('a*c', '*bc')).to.equal(true)
  })

  it('of ten thousand stars end at once', () => {
    const stars = 'a*'.repeat(10_000)
    expect(matchesGlob(`${stars}b`, 'a'.repeat(20_000))).to.equal(false)
    expect(matchesGlob(stars, 'a'.repeat(20_000))).to.equal(true)
    expect(matchesGlob('*'.repeat(10_000), 'a')).to.equal(true)
    expect(globsOverlap('*'.repeat(10_000), 'arn')).to.equal(true)
  })
})

describe('iam ARNs', () => {
  const orders = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders'
  // pattern, ARN, does it match?
  const CASES: readonly (readonly [string, string, boolean])[] = [
    ['*', orders, true],
    ['*', '*', true],
    [orders, '*', false],
    ['arn:aws:dynamodb:*:*:table/*', orders, true],
    ['arn:*:dynamodb:*:*:table/ord?rs', orders, true],
    ['arn:aws:dynamodb:us-east-1:1111222233334:table/orders', orders, false],
    ['arn:aws:dynamodb:us-*:table/orders', orders, false],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/x:y/z', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b', false],
    ['arn:aws-cn:s3:::b/*', 'arn:aws:s3:::b/k', false],
  ]
  for (const [pattern, arn, expected] of CASES) {
    it(`${pattern} ${expected ? 'matches' : 'does not match'} ${arn}`, () => expect(matchesArn(pattern, arn)).to.equal(expected))
  }

  it('contain what is narrower, part by part', () => {
    expect(containsArns('arn:aws:s3:::b/*', 'arn:aws:s3:::b/in/*')).to.equal(true)
    expect(containsArns('arn:aws:s3:::b/in/*', 'arn:aws:s3:::b/*')).to.equal(false)
    expect(containsArns('*', orders)).to.equal(true)
    expect(containsArns(orders, '*')).to.equal(false)
  })
})
