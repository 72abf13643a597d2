import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { Journal } from '#src/invokers/live/journal.js'
import { Commits } from '#src/invokers/live/line-file.js'
import { seenFromOutside } from '#src/invokers/live/outside.js'

const said = (text: string, log = '') => seenFromOutside({ kind: 'returned', text }, log, { ms: 3, rssBytes: 4 })
const TOKEN = { name: 'API_TOKEN', value: 'tok-"4f1c9e77' }

describe('the journal of a live run', () => {
  let file: string
  beforeEach(() => {
    file = path.join(mkdtempSync(path.join(os.tmpdir(), 'ef-journal-')), 'journal.jsonl')
  })
  afterEach(() => rmSync(path.dirname(file), { recursive: true, force: true }))

  function written(work: (journal: Journal) => void): void {
    using journal = new Journal(file, false, new Commits())
    work(journal)
  }

  it('gives back what each event showed, in order, once for each time it ran', () => {
    written((journal) => {
      journal.add('a', '01', said('"one"', 'x\n'), [])
      journal.add('a', '01', said('"two"'), [])
      journal.add('b', '01', said('"three"'), [])
    })
    using resumed = new Journal(file, true, new Commits())
    expect(resumed.take('a', '01')).to.deep.equal(said('"one"', 'x\n'))
    expect(resumed.take('a', '01')).to.deep.equal(said('"two"'))
    expect(resumed.take('a', '01')).to.equal(undefined)
    expect(resumed.take('a', '02')).to.equal(undefined)
  })

  it('holds secrets by name, and makes them findable again', () => {
    written((journal) => journal.add('a', '01', said(JSON.stringify(`it is ${TOKEN.value}`)), [TOKEN]))
    expect(readFileSync(file, 'utf8')).to.include('API_TOKEN').and.not.include('4f1c9e77')
    using resumed = new Journal(file, true, new Commits())
    expect(resumed.secrets.map(({ name }) => name)).to.deep.equal(['API_TOKEN'])
    const { outcome } = resumed.take('a', '01')!
    expect(outcome.kind === 'returned' && outcome.text).to.include(resumed.secrets[0]!.value)
  })

  it('takes no text of a function for a secret', () => {
    written((journal) => journal.add('a', '01', said('"{{ef-secret API_TOKEN}} {{ef-secret-00 X}}"'), [TOKEN]))
    using resumed = new Journal(file, true, new Commits())
    expect(resumed.secrets).to.deep.equal([])
  })

  it('passes over a last line that was cut off, and nothing else', () => {
    written((journal) => journal.add('a', '01', said('"one"'), []))
    appendFileSync(file, '{"target":"a","sha2')
    using resumed = new Journal(file, true, new Commits())
    expect(resumed.take('a', '01')).to.deep.equal(said('"one"'))
    writeFileSync(file, 'no JSON\n{"target":"a"}\n{}\n')
    expect(() => new Journal(file, true, new Commits())).to.throw(/line 1: it is no JSON/)
  })
})
