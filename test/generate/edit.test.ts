import { expect } from 'chai'
import fc from 'fast-check'
import { findPointers, removeAt, setAt, withProperty } from '#src/generate/index.js'
import { escapeToken, getAt, type Json } from '#src/model/index.js'

const value = JSON.parse('{"a":{"b":[1,{"c":2}],"__proto__":{"d":3}},"e/f~g#h":4}') as Json
const frozen = <T>(given: T): T => {
  if (typeof given === 'object' && given !== null) for (const child of Object.values(Object.freeze(given))) frozen(child)
  return given
}

describe('editing JSON', () => {
  it('reads own properties only', () => {
    expect(getAt(value, '/a/b/1/c')).to.equal(2)
    expect(getAt(value, '/a/__proto__/d')).to.equal(3)
    expect(getAt(value, '/e~1f~0g~2h')).to.equal(4)
    expect(getAt(value, '/toString')).to.equal(undefined)
    expect(getAt({}, '/__proto__')).to.equal(undefined)
    expect(getAt(value, '')).to.equal(value)
  })
  it('sets without touching what was there, and makes the way', () => {
    frozen(value)
    expect(JSON.stringify(setAt(value, '/a/b/0', 9))).to.equal('{"a":{"b":[9,{"c":2}],"__proto__":{"d":3}},"e/f~g#h":4}')
    expect(JSON.stringify(setAt({}, '/x/y', 1))).to.equal('{"x":{"y":1}}')
    expect(JSON.stringify(setAt({}, '/__proto__/polluted', 1))).to.equal('{"__proto__":{"polluted":1}}')
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined)
  })
  it('removes items and properties, and nothing that is not there', () => {
    expect(JSON.stringify(removeAt(value, '/a/b/0'))).to.equal('{"a":{"b":[{"c":2}],"__proto__":{"d":3}},"e/f~g#h":4}')
    expect(JSON.stringify(removeAt(value, '/a/__proto__'))).to.equal('{"a":{"b":[1,{"c":2}]},"e/f~g#h":4}')
    expect(removeAt(value, '/nothing/here')).to.equal(value)
  })
  it('keeps the order of keys', () =>
    expect(Object.keys(withProperty({ a: 1, b: 2, c: 3 }, 'b', 9) as object)).to.deep.equal(['a', 'b', 'c']))
  it('reads back what it set, under any name', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '', '/', '~1', '#json')), {
          minLength: 1,
          maxLength: 4,
        }),
        (tokens) => {
          const pointer = tokens.map((token) => `/${escapeToken(token)}`).join('')
          expect(getAt(setAt({}, pointer, 'x'), pointer)).to.equal('x')
          expect(Object.getPrototypeOf(setAt({}, pointer, 'x'))).to.equal(Object.prototype)
        },
      ),
      { seed: 2 },
    )
  })
})

describe('findPointers', () => {
  const marker = 'efaaaaaaaaaaz'
  const rows: readonly (readonly [Json, readonly string[]])[] = [
    [{ a: marker }, ['/a']],
    [{ a: `x${marker}y` }, ['/a']],
    [{ a: marker.toUpperCase() }, ['/a']],
    [{ body: JSON.stringify({ a: [{ b: marker }] }) }, ['/body#json/a/0/b']],
    [{ body: JSON.stringify(marker) }, ['/body#json']],
    [{ body: `a=1&b=${marker}` }, ['/body#form/b']],
    [{ body: Buffer.from(JSON.stringify({ a: marker })).toString('base64') }, ['/body#base64#json/a']],
    [{ body: JSON.stringify({ Message: JSON.stringify({ a: marker }) }) }, ['/body#json/Message#json/a']],
    [{ body: `{"${marker}":` }, ['/body']],
    [{ [marker]: 1 }, [`/${marker}`]],
    [JSON.parse(`{"__proto__":{"a":"${marker}"}}`) as Json, ['/__proto__/a']],
    [
      { rawPath: marker, requestContext: { path: marker }, pathParameters: { id: marker } },
      ['/pathParameters/id', '/rawPath', '/requestContext/path'],
    ],
    [{ 'a/b~c#d': marker }, ['/a~1b~0c~2d']],
    [{ a: 'other' }, []],
    [
      { token: `Bearer ${Buffer.from(JSON.stringify({ sub: marker })).toString('base64url')}.${marker}` },
      ['/token#part1#base64#json/sub'],
    ],
  ]
  for (const [event, pointers] of rows) {
    it(`finds ${pointers.join(', ') || 'nothing'}`, () => expect(findPointers(event, marker)).to.deep.equal(pointers))
  }
})
