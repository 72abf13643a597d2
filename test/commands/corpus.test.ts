import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { Corpus } from '#src/commands/corpus.js'
import { sourceOf } from '#src/events/index.js'
import type { Json } from '#src/model/index.js'
import { target } from '../invokers/target-maker.js'
import { fuzzed } from './shop.js'

const fresh = () => mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-corpus-'))
const [wire] = sourceOf('apigw-v2').templates({}, ['id'])

describe('the corpus', () => {
  it('gives back what was written, to the same function and trigger alone', () => {
    const corpus = new Corpus(fresh())
    corpus.write('shop/Orders', 'apigw-v2', [wire!])
    expect(corpus.read(target({ id: 'shop/Orders' }), 'apigw-v2')).to.deep.equal([wire])
    expect(corpus.read(target({ id: 'shop_Orders' }), 'apigw-v2')).to.deep.equal([])
    expect(corpus.read(target({ id: 'shop/Orders' }), 'sqs')).to.deep.equal([])
  })

  const FOREIGN: readonly (readonly [string, string])[] = [
    ['no JSON', '{'],
    ['no list', '{"a":1}'],
    ['things that are no wire inputs', '[1,null,"x",[],{"route":7}]'],
    ['a wire input of another shape', JSON.stringify([{ ...(wire as object), query: { q: 'text' }, method: 3 }])],
  ]
  for (const [what, text] of FOREIGN)
    it(`takes nothing from a file that holds ${what}`, () => {
      const dir = fresh()
      const corpus = new Corpus(dir)
      corpus.write('Orders', 'apigw-v2', [] as Json[])
      const [name] = readdirSync(path.join(dir, '.eventfuzz/corpus'))
      writeFileSync(path.join(dir, '.eventfuzz/corpus', name!), text)
      expect(corpus.read(target({ id: 'Orders' }), 'apigw-v2')).to.deep.equal([])
    })

  it('is kept by runs that time limits, and by no other', () => {
    const dir = fresh()
    mkdirSync(path.join(dir, 'src'))
    writeFileSync(path.join(dir, 'package.json'), '{}')
    writeFileSync(
      path.join(dir, 'src/a.mjs'),
      "export const handler = async ({ body }) => ({ statusCode: JSON.parse(body || '{}').mode === 'on' ? 201 : 200, body: '' })",
    )
    fuzzed(dir, 'src/a.mjs', '--event', 'apigw-v2', '--runs', '60')
    expect(readdirSync(path.join(dir, '.eventfuzz'))).to.not.include('corpus')
    fuzzed(dir, 'src/a.mjs', '--event', 'apigw-v2', '--time', '5s')
    const [name] = readdirSync(path.join(dir, '.eventfuzz/corpus'))
    const kept = readFileSync(path.join(dir, '.eventfuzz/corpus', name!), 'utf8')
    expect(kept, 'what opened the condition').to.include('"mode":"on"')
  }).timeout(60_000)
})
