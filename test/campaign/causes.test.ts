import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { fuzzed, ROOT } from '../commands/shop.js'
import { thorough } from '../thorough.js'

describe('a path that one field chooses', function () {
  this.timeout(120_000)
  thorough('is one finding, however many calls it is handed to, and another field’s is another', () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-causes-'))
    cpSync(path.join(ROOT, 'test/handlers/causes'), dir, { recursive: true })
    const { findings } = fuzzed(
      dir,
      'notes.mjs',
      '--event',
      'apigw-v2',
      '--runs',
      '600',
      '--seed',
      '1',
      '--rules',
      'path-traversal',
    )
    rmSync(dir, { recursive: true })
    expect(findings.map(({ pointer }) => pointer).sort()).to.deep.equal([
      '/queryStringParameters/from',
      '/queryStringParameters/name',
    ])
  })
})
