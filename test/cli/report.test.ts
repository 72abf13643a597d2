import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { keepRuns, runStore } from '#src/commands/run-store.js'
import { storedReport } from '#src/commands/stored-report.js'
import type { Report } from '#src/model/index.js'
import { reporters } from '#src/report/index.js'
import { eventfuzz } from '../commands/shop.js'
import { reportWithRules } from '../report/canonical-report.js'

const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-report-'))
const stored = (name: string, files: Readonly<Record<string, unknown>>): void => {
  mkdirSync(path.join(dir, name), { recursive: true })
  for (const [file, value] of Object.entries(files))
    writeFileSync(path.join(dir, name, file), typeof value === 'string' ? value : JSON.stringify(value))
}

/** What is wrong with a stored run, and what the one line must say. */
const WRONG: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
  ['cut', { 'report.json': JSON.stringify(reportWithRules).slice(0, 900) }, /report\.json is not JSON/],
  ['newer', { 'report.json': { ...reportWithRules, schemaVersion: 2 } }, /newer eventfuzz \(schema 2, this one reads 1\)/],
  ['foreign', { 'report.json': { name: 'other', results: [] } }, /not one of eventfuzz: at \/ it must have required/],
  ['null', { 'report.json': 'null' }, /not one of eventfuzz/],
  ['damaged', { 'report.json': { ...reportWithRules, findings: [{}] } }, /at \/findings\/0 it must have required/],
  ['killed', { 'findings.jsonl': '' }, /did not end.*findings\.jsonl/],
  ['other', { 'package.json': '{}' }, /not the directory of a run/],
]

describe('eventfuzz report', function () {
  this.timeout(60_000)
  before(() => stored('.eventfuzz/last', { 'report.json': reportWithRules }))
  after(() => rmSync(dir, { recursive: true, force: true }))

  it('renders a stored run into files and prints, and judges nothing', () => {
    const ran = eventfuzz(dir, 'report', 'last', '--format', 'junit=again.xml,github')
    expect(ran.status, ran.stderr).to.equal(0)
    const golden = (name: string) => readFileSync(new URL(`../../test/report/golden/${name}`, import.meta.url), 'utf8')
    expect(readFileSync(path.join(dir, 'again.xml'), 'utf8')).to.equal(golden('junit.xml'))
    expect(ran.stdout).to.equal(golden('github.txt'))
  })

  it('overwrites nothing when the run is not one that it can read', () => {
    stored('newer', { 'report.json': { ...reportWithRules, schemaVersion: 2 } })
    stored('kept', { 'out.sarif': 'precious' })
    const ran = eventfuzz(dir, 'report', 'newer', '--format', 'sarif', '--output', 'kept/out.sarif')
    expect(ran.status).to.equal(2)
    expect(ran.stderr.trimEnd().split('\n')).to.have.lengthOf(1)
    expect(readFileSync(path.join(dir, 'kept/out.sarif'), 'utf8')).to.equal('precious')
    expect(readdirSync(path.join(dir, 'kept'))).to.deep.equal(['out.sarif'])
  })

  for (const [name, files, text] of WRONG) {
    it(`says in one line what is wrong with a run that is ${name}`, () => {
      stored(name, files)
      expect(() => storedReport(name, dir))
        .to.throw(text)
        .with.property('name', 'ConfigError')
    })
  }

  it('opens what the first version wrote, and renders it in every format', async () => {
    const first = JSON.parse(
      readFileSync(new URL('../../test/report/stored/schema-1-first.json', import.meta.url), 'utf8'),
    ) as Report
    expect(first.rules).to.equal(undefined)
    stored('first', { 'report.json': first })
    const read = storedReport('first', dir)
    for (const [id, door] of Object.entries(reporters)) {
      const text = (await door()).render(read)
      if (id !== 'github') expect(text, id).to.include(first.findings[0]!.target)
    }
  })

  it('keeps so many stored runs, the newest, and touches nothing else', () => {
    const ids = ['20260601T000000-aaaaaa', '20260602T000000-000000', '20260603T000000-ffffff']
    for (const name of [...ids, 'mine', '20260601']) stored(`kept/.eventfuzz/runs/${name}`, { 'report.json': reportWithRules })
    keepRuns(path.join(dir, 'kept'), 2)
    expect(readdirSync(path.join(dir, 'kept/.eventfuzz/runs'))).to.deep.equal(['20260601', ...ids.slice(1), 'mine'])
    keepRuns(path.join(dir, 'nowhere'), 2)
    expect(existsSync(path.join(dir, 'nowhere'))).to.equal(false)
  })

  it('writes a run over an older one, and never over files of somebody else', () => {
    const place = (name: string) => runStore(dir, name, new Date())
    place('used').create()
    place('used').write('report.json', '{}')
    place('used').create()
    expect(readdirSync(path.join(dir, 'used')).sort()).to.deep.equal(['.gitignore', 'cases', 'evidence.jsonl', 'findings.jsonl'])
    stored('begun', { '.gitignore': '*\n' })
    mkdirSync(path.join(dir, 'begun/cases'))
    place('begun').create()
    for (const [name, files] of Object.entries({
      'their-report': { 'report.json': 'theirs' },
      'their-rules': { '.gitignore': 'node_modules\n' },
      'their-notes': { '.gitignore': 'node_modules\n', 'findings.jsonl': 'theirs', 'evidence.jsonl': 'theirs' },
    })) {
      stored(name, files)
      expect(() => place(name).create())
        .to.throw(/that no run of eventfuzz wrote/)
        .with.property('name', 'ConfigError')
      for (const [file, text] of Object.entries(files)) expect(readFileSync(path.join(dir, name, file), 'utf8')).to.equal(text)
      expect(readdirSync(path.join(dir, name)).sort()).to.deep.equal(Object.keys(files).sort())
    }
  })

  it('finds a run by its id, its directory and its file', () => {
    stored('.eventfuzz/runs/20260601-a', { 'report.json': reportWithRules })
    const read: readonly Report[] = ['20260601-a', '.eventfuzz/runs/20260601-a', '.eventfuzz/runs/20260601-a/report.json'].map(
      (what) => storedReport(what, dir),
    )
    for (const report of read) expect(report).to.deep.equal(reportWithRules)
    expect(() => storedReport('20260601-b', dir)).to.throw(/There is no run '20260601-b'/)
  })
})
