import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { sourceWords } from '#src/campaign/source-words.js'

describe('what the source takes a field for', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-words-'))
  after(() => rmSync(dir, { recursive: true, force: true }))
  const shapes = (code: string) => {
    const file = path.join(dir, 'index.mjs')
    writeFileSync(file, code)
    return Object.fromEntries(sourceWords(file).shapes)
  }

  const CASES: readonly (readonly [string, string, string | undefined])[] = [
    ['compared with a literal', `if (b.field === 'export') go()`, 'text'],
    ['a switch on it', `switch (b.field) { case 'a': go() }`, 'text'],
    ['trimmed', `go(b.field.trim())`, 'text'],
    ['put into a text', 'go(`ls ${b.field}`)', 'text'],
    ['added to a text', `go('ls ' + b.field)`, 'text'],
    ['gone through', `for (const one of b.field) go(one)`, 'list'],
    ['mapped', `b.field.map(go)`, 'list'],
    ['refused where it is no list', `if (!Array.isArray(b.field)) throw x`, 'list'],
    ['refused where it is a list', `if (b.field === null || Array.isArray(b.field)) throw x`, undefined],
    ['looked into', `go(b.field.inner)`, 'object'],
    ['of any length', `go(b.field.length)`, undefined],
    ['searched, as texts and lists are', `go(b.field.includes(x))`, undefined],
    ['added to another field', `go(a.field + b.field)`, undefined],
    ['handed on', `go(b.field)`, undefined],
    ['gone through here, and written out there', 'for (const one of b.field) go(one); log(`of ${b.field}`)', 'list'],
    ['written out first, and looked into later', 'log(`of ${b.field}`); go(b.field.inner)', 'object'],
  ]
  for (const [what, code, shape] of CASES)
    it(`${what}: ${shape ?? 'anything'}`, () => expect(shapes(code)['field']).to.equal(shape))
})
