import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { instrument } from '#src/invokers/instrument.js'
import { KeptCode } from '#src/invokers/kept-code.js'

const CODE = `export const handler = (e) => e.kind === 'a' ? 1 : 2\n// ${'x'.repeat(70_000)}\n`

describe('instrumented code', () => {
  let dir = ''
  const files = () => readdirSync(dir).sort()
  beforeEach(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-kept-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it('is kept by what it was made of, and is the same when it is read again', () => {
    const first = new KeptCode(dir).instrument(CODE, 5)
    expect(first).to.deep.equal(instrument(CODE, 5))
    const [file] = files()
    const kept = JSON.parse(readFileSync(path.join(dir, file!), 'utf8')) as { text: string }
    // Shows that the second run reads it.
    writeFileSync(path.join(dir, file!), JSON.stringify({ ...kept, text: `${kept.text}// kept` }))
    expect(new KeptCode(dir).instrument(CODE, 5)!.text).to.equal(`${first!.text}// kept`)
    for (const [code, next] of [
      [`${CODE} `, 5],
      [CODE, 6],
    ] as const)
      expect(new KeptCode(dir).instrument(code, next)).to.deep.equal(instrument(code, next))
    expect(files()).to.have.lengthOf(3)
  })

  for (const [what, text] of [
    ['no JSON', '{'],
    ['something else', '{"text":"x"}'],
    ['odd places', '{"text":"x","next":7,"sites":[{"id":"1"}]}'],
    ['nothing', 'null'],
  ] as const)
    it(`is made again where the file holds ${what}`, () => {
      new KeptCode(dir).instrument(CODE, 0)
      writeFileSync(path.join(dir, files()[0]!), text)
      expect(new KeptCode(dir).instrument(CODE, 0)).to.deep.equal(instrument(CODE, 0))
    })

  it('is made each time where it is small, or nothing can be written', () => {
    expect(new KeptCode(dir).instrument('if (a) b()', 0)).to.deep.equal(instrument('if (a) b()', 0))
    expect(files()).to.deep.equal([])
    expect(new KeptCode('/dev/null/no').instrument(CODE, 0)).to.deep.equal(instrument(CODE, 0))
  })

  it('goes when much newer code has come', () => {
    for (let i = 0; i < 34; i++) new KeptCode(dir).instrument(`${CODE}${i}`, 0)
    expect(files()).to.have.lengthOf(32)
  })
})
