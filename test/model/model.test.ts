import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  canariesIn,
  canaryOf,
  canaryParts,
  encodeFrame,
  escapeToken,
  FrameReader,
  MAX_FRAME_BYTES,
  readPackageJson,
  tokensOf,
} from '#src/model/index.js'

const parts = fc.record({ tag: fc.nat(0x3ff), caseNumber: fc.nat(0x3ffffff), site: fc.nat(0x3fff) })

describe('canaries', () => {
  it('name their case and site, and survive folding, URLs, HTML and host names', () => {
    fc.assert(
      fc.property(parts, (one) => {
        const canary = canaryOf(one)
        expect(canary).to.match(/^ef[a-z2-7]{10}z$/)
        expect(canaryParts(canary.toUpperCase())).to.deep.equal(one)
        expect(encodeURIComponent(canary)).to.equal(canary)
        expect(new URL(`http://${canary}.example.invalid/`).hostname).to.equal(`${canary}.example.invalid`)
      }),
    )
  })

  it('differ wherever a part differs', () => {
    fc.assert(fc.property(parts, parts, (a, b) => (canaryOf(a) === canaryOf(b)) === (JSON.stringify(a) === JSON.stringify(b))))
  })

  it('are found in any text, in order and in lower case', () => {
    const [a, b] = [canaryOf({ tag: 1, caseNumber: 2, site: 3 }), canaryOf({ tag: 1, caseNumber: 2, site: 4 })]
    expect(canariesIn(`x${a.toUpperCase()}-${b}${a}`)).to.deep.equal([a, b, a])
    expect(canariesIn('effort and zeal')).to.deep.equal([])
    expect(canaryParts('efaaaaaaaaa0z')).to.equal(undefined)
  })
})

describe('frames', () => {
  it('come out as they went in, however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ t: fc.string(), text: fc.string({ unit: 'grapheme' }) }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        (frames, size) => {
          const bytes = Buffer.concat(frames.map(encodeFrame))
          const reader = new FrameReader()
          const seen: unknown[] = []
          for (let at = 0; at < bytes.length; at += size) seen.push(...reader.push(bytes.subarray(at, at + size)))
          expect(seen).to.deep.equal(frames)
        },
      ),
    )
  })

  it('refuse a length over the limit and text that is no JSON', () => {
    const long = Buffer.alloc(4)
    long.writeUInt32BE(MAX_FRAME_BYTES + 1)
    expect(() => [...new FrameReader().push(long)]).to.throw(RangeError)
    expect(() => [...new FrameReader().push(Buffer.from([0, 0, 0, 1, 0x7b]))]).to.throw(SyntaxError)
  })

  it('gives what came before a broken one in the same chunk', () => {
    const seen: unknown[] = []
    const chunk = Buffer.concat([encodeFrame({ t: 'idle' }), Buffer.from([0, 0, 0, 1, 0x7b])])
    expect(() => {
      for (const frame of new FrameReader().push(chunk)) seen.push(frame)
    }).to.throw(SyntaxError)
    expect(seen).to.deep.equal([{ t: 'idle' }])
  })
})

describe('the frame schema', () => {
  const check = new Ajv2020({ strict: false, ownProperties: true }).compile(readPackageJson('schemas/frame.schema.json'))
  const effect = { api: 'fs.readFile', seq: 0, location: null, frames: [], answered: 'real', afterSettle: false }
  const good: readonly unknown[] = [
    { t: 'ready', v: 1, initMs: 3.5 },
    { t: 'started', n: 1 },
    { t: 'idle', asked: false },
    { t: 'effect', n: null, by: 'none', effect: { ...effect, kind: 'fs', op: 'readFile', path: 'a', real: '/a' } },
    { t: 'done', n: 1, outcome: { kind: 'returned', text: 'null' }, cpuUs: 1, rss: 1, log: '', reads: [], missing: [] },
    { t: 'init-error', type: 'Runtime.ImportModuleError', message: 'x', stack: '' },
  ]
  const bad: readonly unknown[] = [
    null,
    'started',
    {},
    { t: 'started' },
    { t: 'started', n: '1' },
    { t: 'exec', command: 'x' },
    { t: 'effect', n: 1, by: 'als', effect: { ...effect, kind: 'unknown' } },
    { t: 'effect', n: 1, by: 'als', effect: { ...effect, kind: 'fs', path: 'a' } },
    {
      t: 'done',
      n: 1,
      outcome: { kind: 'crashed', reason: 'out-of-memory', exitCode: 1, signal: null, detail: '' },
      cpuUs: 1,
      rss: 1,
      log: '',
      reads: [],
      missing: [],
    },
  ]
  it('accepts what the host sends', () => {
    for (const frame of good) expect(check(frame), JSON.stringify(frame)).to.equal(true)
  })
  it('refuses anything else, and verdicts that only the parent may give', () => {
    for (const frame of bad) expect(check(frame), JSON.stringify(frame)).to.equal(false)
  })
})

describe('pointers', () => {
  it('take any key there and back', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 5 }), (keys) => {
        expect(tokensOf(keys.map((key) => `/${escapeToken(key)}`).join(''))).to.deep.equal(keys)
      }),
    )
  })
})
