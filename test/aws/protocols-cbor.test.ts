import { createRequire } from 'node:module'
import { expect } from 'chai'
import fc from 'fast-check'
import { readCbor } from '#src/aws/decode/cbor.js'
import { readMessages } from '#src/aws/decode/event-stream.js'
import { parseXml } from '#src/aws/decode/xml.js'
import { writeCbor } from '#src/aws/encode-cbor.js'
import { encodeEvents } from '#src/aws/encode-event-stream.js'
import { modelsOf } from '#src/aws/models/model.js'
import type { Structure } from '#src/aws/models/shapes.js'
import type { Json } from '#src/model/index.js'

const DOCUMENT = { kind: 'document' } as const
const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array))
const anyJson = fc.jsonValue({ maxDepth: 6 }) as fc.Arbitrary<Json>

// The SDK's own codec, by name: a part of its clients, not a dependency of ours
const { cbor } = createRequire(import.meta.url)(String('@smithy/core/cbor')) as {
  cbor: { serialize(value: unknown): Uint8Array; deserialize(bytes: Uint8Array): unknown }
}

describe('CBOR', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(
        anyJson,
        (value) => void expect(readCbor(writeCbor(DOCUMENT, value))).to.deep.equal({ value: positive(value) }),
      ),
    )
  })

  it("agrees with the SDK's own, both ways", () => {
    fc.assert(
      // The SDK's reader takes a key `__proto__` for the prototype; ours keeps it, as the property above says.
      fc.property(
        anyJson.filter((value) => !JSON.stringify(value).includes('__proto__')),
        (value) => {
          expect(readCbor(Buffer.from(cbor.serialize(value)))).to.deep.equal({ value: positive(value) })
          expect(cbor.deserialize(writeCbor(DOCUMENT, value))).to.deep.equal(value)
        },
      ),
    )
  })

  const ITEMS: readonly (readonly [string, unknown])[] = [
    ['f97bff', 65504],
    ['f90001', 2 ** -24],
    ['f97c00', 'Infinity'],
    ['fa47c35000', 100000],
    ['1bffffffffffffffff', '18446744073709551615'],
    ['3bffffffffffffffff', '-18446744073709551616'],
    ['c249010000000000000000', '18446744073709551616'],
    ['c1fb41d452d9e0000000', 1363896192],
    ['c482211903e8', '1000e-2'],
    ['5f42010243030405ff', 'AQIDBAU='],
    ['7f657374726561646d696e67ff', 'streaming'],
    ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
    ['f7', null],
  ]
  for (const [hex, value] of ITEMS) {
    it(`${hex} is ${JSON.stringify(value)}`, () => expect(readCbor(Buffer.from(hex, 'hex'))).to.deep.equal({ value }))
  }

  for (const hex of [
    '',
    '1c',
    '61',
    '5bffffffffffffffff',
    '9bffffffffffffffff',
    'bf61',
    'ff',
    '5f6161ff',
    'f8ff',
    '0000',
    '1f',
    'df00',
  ]) {
    it(`${hex === '' ? 'nothing' : hex} is none`, () => expect(readCbor(Buffer.from(hex, 'hex'))).to.equal(undefined))
  }

  it('keeps a hostile key as a key', () => {
    const { value } = readCbor(Buffer.from('a1695f5f70726f746f5f5fa1617801', 'hex'))!
    expect(Object.keys(value as object)).to.deep.equal(['__proto__'])
    expect((value as Record<string, unknown>).x).to.equal(undefined)
  })

  it('neither throws nor hangs on anything else', () => {
    fc.assert(fc.property(bytes, (body) => void readCbor(body)))
    expect(readCbor(Buffer.alloc(1_000_000, 0x81))).to.equal(undefined)
    expect(readCbor(Buffer.alloc(1_000_000, 0xc1))).to.equal(undefined)
  })
})

/** JSON has no negative zero of its own: it is read as the number it is. */
const positive = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json

describe('an event stream', () => {
  const stream = (modelsOf('lambda')[0]!.operation('InvokeWithResponseStream')!.output as Structure).members.find(
    ({ shape }) => shape.kind === 'union',
  )!.shape as Structure

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 5 }), (texts) => {
        const body = encodeEvents(
          stream,
          texts.map((text) => ({ PayloadChunk: { Payload: Buffer.from(text).toString('base64') } })),
          false,
        )
        expect(readMessages(body).map(({ payload }) => payload.toString('utf8'))).to.deep.equal(texts)
      }),
    )
  })

  it('neither throws nor hangs on anything else', () => {
    fc.assert(fc.property(bytes, (body) => void readMessages(body)))
    const head = Buffer.from([0, 0, 0, 16, 0, 0, 0, 0])
    fc.assert(fc.property(bytes, (body) => void readMessages(Buffer.concat([head, body]))))
  })
})

describe('XML', () => {
  const parts = fc.constantFrom(
    '<a>',
    '</a>',
    '<b x="1">',
    '<c/>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '&amp;',
    '&#x;',
    'xsi:type="',
    '<',
    '>',
    't',
    '<?x',
  )
  it('that is hostile neither throws nor hangs', () => {
    fc.assert(fc.property(fc.array(parts, { maxLength: 60 }), (list) => void parseXml(list.join(''))))
    for (const part of ['<a>', '<![CDATA[', '&', '<a b="', '<!', '</a>'])
      expect(parseXml(part.repeat(200_000))).to.equal(undefined)
  })
})
