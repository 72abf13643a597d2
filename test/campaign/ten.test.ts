import { cpSync, mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { fuzzed, ROOT } from '../commands/shop.js'

/** What is wrong in app.mjs, by the function of each route's line. */
const WRONG = [
  'argument-injection',
  'code-injection',
  'command-injection',
  'command-injection',
  'header-injection',
  'html-injection',
  'open-redirect',
  'path-traversal',
  'prototype-pollution',
  'ssrf',
]

describe('a handler with ten root causes', function () {
  this.timeout(300_000)
  it('gives ten findings in one run', () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-ten-'))
    cpSync(path.join(ROOT, 'test/handlers/ten'), dir, { recursive: true })
    const { findings } = fuzzed(dir, 'app.mjs', '--event', 'apigw-v2', '--runs', '3000', '--seed', '1')
    expect(findings.map(({ rule, sink }) => `${rule} ${sink?.location?.line ?? ''}`)).to.have.lengthOf(10)
    expect(findings.map(({ rule }) => rule).sort()).to.deep.equal(WRONG)
    for (const { confidence, rule } of findings) expect(confidence, rule).to.equal('confirmed')
  })
})
