import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { findChromium } from '#src/cli/print-pdf.js'
import { eventfuzz } from '../commands/shop.js'
import { reportWithRules } from '../report/canonical-report.js'

const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-print-'))
const program = (name: string, text: string): string => {
  writeFileSync(path.join(dir, name), `#!/bin/sh\n${text}\n`)
  chmodSync(path.join(dir, name), 0o755)
  return path.join(dir, name)
}

describe('a report as PDF', function () {
  this.timeout(60_000)
  before(() => writeFileSync(path.join(dir, 'report.json'), JSON.stringify(reportWithRules)))
  after(() => rmSync(dir, { recursive: true, force: true }))

  it('is printed by the Chromium of this machine, tagged and without scripts', function () {
    if (!existsSync('/usr/bin/chromium')) {
      if (process.env['REQUIRE_ALL'] === '1') throw new Error('chromium is missing: apt-get install -y chromium')
      this.skip()
    }
    const { status, stderr } = eventfuzz(dir, 'report', 'report.json', '--format', 'pdf=out.pdf')
    expect(status, stderr).to.equal(0)
    const pdf = readFileSync(path.join(dir, 'out.pdf'), 'latin1')
    expect(pdf).to.match(/^%PDF-1\.\d/)
    expect(pdf).to.include('/StructTreeRoot').and.to.not.include('/JavaScript')
    expect(pdf.match(/\/Type \/Page\b/g)?.length).to.be.above(3)
  })

  it('needs a file, which is said before anything runs', () => {
    const chromium = program('chrome', 'exit 0')
    process.env['EVENTFUZZ_CHROMIUM'] = chromium
    try {
      const { status, stderr } = eventfuzz(dir, 'report', 'report.json', '--format', 'pdf')
      expect([status, stderr]).to.deep.equal([2, 'eventfuzz: --reporter pdf is written to a file: pdf=report.pdf\n'])
    } finally {
      delete process.env['EVENTFUZZ_CHROMIUM']
    }
  })

  it('leaves what was there when the browser fails', () => {
    writeFileSync(path.join(dir, 'kept.pdf'), 'precious')
    process.env['EVENTFUZZ_CHROMIUM'] = program('broken', 'echo no display >&2; exit 3')
    try {
      const { status, stderr } = eventfuzz(dir, 'report', 'report.json', '--format', 'pdf=kept.pdf')
      expect(status).to.equal(2)
      expect(stderr).to.match(/^eventfuzz: kept\.pdf was not printed: .* ended with 3 \(no display\)\n$/)
      expect(readFileSync(path.join(dir, 'kept.pdf'), 'utf8')).to.equal('precious')
    } finally {
      delete process.env['EVENTFUZZ_CHROMIUM']
    }
  })

  it('takes the browser that is named, else one of the PATH, and says where it looked', () => {
    const named = program('named', 'exit 0')
    const onPath = program('google-chrome', 'exit 0')
    writeFileSync(path.join(dir, 'chromium'), 'no program')
    expect(findChromium({ EVENTFUZZ_CHROMIUM: named, PATH: dir })).to.equal(named)
    expect(findChromium({ PATH: `.:/nonexistent:${dir}` })).to.equal(onPath)
    expect(() => findChromium({ EVENTFUZZ_CHROMIUM: path.join(dir, 'missing') })).to.throw(/names .*missing, which is no program/)
    expect(() => findChromium({ PATH: '/nonexistent' })).to.throw(/none on the PATH: install it/)
    expect(readdirSync(dir)).to.not.include('report.pdf')
  })
})
