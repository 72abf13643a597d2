import { expect } from 'chai'
import fc from 'fast-check'
import { matchesPattern, matchesWildcard } from '#src/events/event-pattern.js'
import { fitPattern } from '#src/events/fit-pattern.js'
import type { Json, JsonObject } from '#src/model/index.js'

/** Pattern, what fits it, what does not: after the examples' meaning in AWS's documentation of content filtering. */
const PATTERNS: readonly (readonly [JsonObject, readonly Json[], readonly Json[]])[] = [
  [
    { state: ['running', 'stopped'] },
    [{ state: 'running' }, { state: ['x', 'stopped'] }],
    [{ state: 'RUNNING' }, {}, { state: { a: 1 } }],
  ],
  [{ n: [100] }, [{ n: 100 }], [{ n: '100' }, { n: 101 }]],
  [{ flag: [true, null] }, [{ flag: true }, { flag: null }], [{ flag: 'true' }, {}, { flag: false }]],
  [{ text: [''] }, [{ text: '' }], [{ text: ' ' }, {}]],
  [{ a: { b: ['c'] } }, [{ a: { b: 'c' } }, { a: [{ b: 'x' }, { b: 'c' }] }], [{ a: 'c' }, { a: {} }, {}]],
  [{ time: [{ prefix: '2026-' }] }, [{ time: '2026-11' }], [{ time: '2025-11' }, { time: 2026 }]],
  [{ name: [{ prefix: { 'equals-ignore-case': 'ab' } }] }, [{ name: 'ABc' }], [{ name: 'bAb' }]],
  [{ name: [{ suffix: '.png' }] }, [{ name: 'a.png' }], [{ name: 'a.PNG' }, { name: 'png' }]],
  [{ name: [{ 'equals-ignore-case': 'Alice' }] }, [{ name: 'aLICE' }], [{ name: 'alice2' }]],
  [{ s: [{ 'anything-but': 'a' }] }, [{ s: 'b' }], [{ s: 'a' }, {}]],
  [{ s: [{ 'anything-but': ['a', 'b'] }] }, [{ s: 'c' }, { s: 1 }], [{ s: 'b' }]],
  [{ s: [{ 'anything-but': { prefix: 'init' } }] }, [{ s: 'done' }], [{ s: 'initial' }]],
  [{ s: [{ 'anything-but': { suffix: ['.tmp', '.bak'] } }] }, [{ s: 'a.txt' }], [{ s: 'a.bak' }]],
  [{ n: [{ numeric: ['>', 0, '<=', 5] }] }, [{ n: 5 }, { n: 0.5 }], [{ n: 0 }, { n: 6 }, { n: '3' }]],
  [{ n: [{ numeric: ['=', 3] }] }, [{ n: 3 }], [{ n: 4 }]],
  [{ ip: [{ cidr: '10.0.0.0/24' }] }, [{ ip: '10.0.0.255' }], [{ ip: '10.0.1.0' }, { ip: 'no' }]],
  [{ x: [{ exists: true }] }, [{ x: 0 }, { x: null }], [{}, { x: { y: 1 } }]],
  [{ x: [{ exists: false }] }, [{}, { y: 1 }], [{ x: 1 }]],
  [{ a: { b: [{ exists: false }] } }, [{ a: {} }, {}], [{ a: { b: 1 } }]],
  [{ key: [{ wildcard: 'up/*/*.png' }] }, [{ key: 'up/a/b.png' }], [{ key: 'up/a.png' }, { key: 'UP/a/b.png' }]],
  [{ $or: [{ a: ['1'] }, { b: ['2'] }] }, [{ a: '1' }, { b: '2' }], [{ a: '2' }]],
  [{ a: ['1'], b: ['2'] }, [{ a: '1', b: '2' }], [{ a: '1' }]],
  [{ a: [{ nonsense: 1 }] }, [], [{ a: 1 }, { a: '1' }]],
]

describe('event patterns', () => {
  for (const [pattern, fitting, others] of PATTERNS) {
    it(`${JSON.stringify(pattern)} lets in what fits, and nothing else`, () => {
      for (const event of fitting) expect(matchesPattern(event, pattern), JSON.stringify(event)).to.equal(true)
      for (const event of others) expect(matchesPattern(event, pattern), JSON.stringify(event)).to.equal(false)
    })

    if (fitting.length > 0)
      it(`${JSON.stringify(pattern)} can be fitted`, () => {
        for (const start of [{}, ...others, { other: { kept: 1 } }]) {
          const made = fitPattern(start, pattern)
          expect(matchesPattern(made, pattern), JSON.stringify(made)).to.equal(true)
        }
        expect(fitPattern({ other: { kept: 1 } }, pattern)).to.have.nested.property('other.kept', 1)
      })
  }

  it('takes a wildcard for what a glob means, in linear time', () => {
    const glob = (text: string, pattern: string): boolean =>
      pattern === ''
        ? text === ''
        : pattern[0] === '*'
          ? glob(text, pattern.slice(1)) || (text !== '' && glob(text.slice(1), pattern))
          : text[0] === pattern[0] && glob(text.slice(1), pattern.slice(1))
    const small = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 })
    fc.assert(
      fc.property(
        small,
        small,
        (text, pattern) => matchesWildcard(text.replaceAll('*', 'c'), pattern) === glob(text.replaceAll('*', 'c'), pattern),
      ),
    )
    expect(matchesWildcard('a'.repeat(100_000), `${'*a'.repeat(2_000)}b`)).to.equal(false)
    expect(matchesWildcard('a*b', 'a\\*b')).to.equal(true)
    expect(matchesWildcard('axb', 'a\\*b')).to.equal(false)
  })

  it('never throws, whatever a template says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (event, pattern) => {
        matchesPattern(event as Json, pattern as JsonObject)
        fitPattern(event as Json, pattern as JsonObject)
      }),
    )
  })
})
