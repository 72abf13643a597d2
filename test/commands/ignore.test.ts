import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { onlyNew, readBaseline, withBaseline } from '#src/commands/baseline.js'
import { type IgnoreOptions, ignore } from '#src/commands/ignore.js'
import { listBaseline } from '#src/commands/list-baseline.js'
import { isOpen } from '#src/report/open-findings.js'
import { canonicalReport } from '../report/canonical-report.js'
import { eventfuzz } from './shop.js'

const finding = canonicalReport.findings[2]!
const { fingerprint } = finding

describe('eventfuzz ignore', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-ignore-'))
  const file = path.join(dir, 'eventfuzz.baseline.json')
  const accept = (over: Partial<IgnoreOptions> = {}) =>
    ignore({
      ...{ fingerprint, reason: 'Only operators reach it', owner: undefined, expires: undefined, falsePositive: false },
      ...{ baseline: 'eventfuzz.baseline.json', cwd: dir, today: '2026-06-01', ...over },
    })
  beforeEach(() => rmSync(file, { force: true }))
  after(() => rmSync(dir, { recursive: true, force: true }))

  it('makes a baseline that fuzz reads, and that accepts the finding until its day', () => {
    accept({ owner: 'orders team', expires: '2027-01-31' })
    const states = ['2027-01-30', '2027-01-31'].map((today) => withBaseline([finding], readBaseline(file), today)[0]!.suppression)
    expect(states).to.deep.equal([
      { state: 'accepted', reason: 'Only operators reach it', owner: 'orders team', expires: '2027-01-31' },
      { state: 'expired', reason: 'Only operators reach it', owner: 'orders team', expires: '2027-01-31' },
    ])
  })

  it('keeps a wrong finding apart from a risk that is taken', () => {
    accept({ falsePositive: true })
    expect(withBaseline([finding], readBaseline(file), '2026-06-01')[0]!.suppression!.state).to.equal('false-positive')
  })

  it('counts only what is new where that is asked for: neither what is known nor what came back', () => {
    const states = (['new', 'existing', 'regressed', 'flaky', 'not-tested'] as const).map((status) => ({
      ...finding,
      status,
      suppression: null,
    }))
    expect(
      onlyNew(states)
        .filter(isOpen)
        .map(({ status }) => status),
    ).to.deep.equal(['new', 'regressed', 'flaky'])
  })

  it('keeps what is there, and says the same finding once', () => {
    const other = { fingerprint: 'aaaaaaaa11111111', reason: 'other', owner: 'them' }
    writeFileSync(
      file,
      JSON.stringify({ $schema: './x.json', findings: [{ fingerprint: fingerprint.slice(0, 8), reason: 'old' }, other] }),
    )
    expect(accept().added).to.equal(false)
    expect(JSON.parse(readFileSync(file, 'utf8'))).to.deep.equal({
      $schema: './x.json',
      findings: [other, { fingerprint, reason: 'Only operators reach it' }],
    })
  })

  it('writes through a link', () => {
    const real = path.join(dir, 'real.json')
    writeFileSync(real, '{"findings":[]}')
    symlinkSync(real, file)
    accept()
    expect(lstatSync(file).isSymbolicLink()).to.equal(true)
    expect(readBaseline(real).findings).to.have.lengthOf(1)
  })

  const WRONG: readonly (readonly [string, Partial<IgnoreOptions>, RegExp])[] = [
    ['no reason', { reason: ' ' }, /--reason/],
    ['a day that is none', { expires: '2027-02-30' }, /--expires takes a day.*2027-02-30/],
    ['a day that is past', { expires: '2026-06-01' }, /not in the future/],
    ['a start of a fingerprint that no case has', { fingerprint: fingerprint.slice(0, 12) }, /No stored case/],
    ['no fingerprint', { fingerprint: 'all' }, /neither a case file nor a fingerprint/],
  ]
  for (const [what, over, text] of WRONG) {
    it(`refuses ${what}, and writes nothing`, () => {
      expect(() => accept(over))
        .to.throw(text)
        .with.property('name', 'ConfigError')
      expect(existsSync(file)).to.equal(false)
    })
  }

  it('is listed: what has run out first, and whether the last run still has it', () => {
    const gone = 'b'.repeat(64)
    const entries = [
      {
        fingerprint: fingerprint.slice(0, 12).toUpperCase(),
        reason: 'later',
        owner: 'us',
        expires: '2999-01-01',
        state: 'false-positive',
      },
      { fingerprint: gone, reason: 'old \u001b[2J', expires: '2026-06-01' },
    ]
    writeFileSync(file, JSON.stringify({ findings: entries }))
    expect(listBaseline(file, dir, '2026-06-01').map(({ isExpired, finding: known }) => [isExpired, known])).to.deep.equal([
      [true, undefined],
      [false, undefined],
    ])
    mkdirSync(path.join(dir, '.eventfuzz/last'), { recursive: true })
    writeFileSync(path.join(dir, '.eventfuzz/last/report.json'), JSON.stringify(canonicalReport))
    expect(listBaseline(file, dir, '2026-05-31').map(({ finding: known }) => known?.fingerprint ?? null)).to.deep.equal([
      fingerprint,
      null,
    ])
    const { status, stdout } = eventfuzz(dir, 'baseline')
    expect(status).to.equal(0)
    expect(stdout).to.match(/^ *b{12} +expired +2026-06-01 +not in the last run +old \\u\{1b\}\[2J\n/)
    expect(stdout).to.include(`${finding.severity} ${finding.rule} in ${finding.target}`)
    rmSync(path.join(dir, '.eventfuzz'), { recursive: true })
  })

  it('leaves a baseline with errors as it is', () => {
    for (const text of ['{"findings":[{"fingerprint":"aaaaaaaa"}]}', '{"findings":', '[]']) {
      writeFileSync(file, text)
      expect(() => accept()).to.throw(/baseline/i)
      expect(readFileSync(file, 'utf8')).to.equal(text)
    }
    expect(readdirSync(dir).filter((name) => name.endsWith('.tmp'))).to.deep.equal([])
  })

  it('leaves nothing half-written where it cannot write', () => {
    mkdirSync(path.join(dir, 'folder'), { recursive: true })
    expect(() => accept({ baseline: 'missing/x.json' })).to.throw(/cannot be written \(ENOENT\)/)
    expect(() => accept({ baseline: 'folder' })).to.throw(/baseline/i)
  })
})
