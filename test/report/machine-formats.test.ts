import { spawnSync } from 'node:child_process'
import { expect } from 'chai'
import type { Finding, Report } from '#src/model/index.js'
import { reporters } from '#src/report/index.js'
import { MARKUP_ATTACKS, TERMINAL_ATTACKS } from './attack-strings.js'
import { canonicalReport, reportWithRules } from './canonical-report.js'
import { csvRows, type SarifLog, xmlSkeleton } from './read-formats.js'
import { withEveryString } from './with-every-string.js'

// What would act in these formats, besides what would act in a terminal or a browser.
const FORMAT_ATTACKS = [
  '=HYPERLINK("http://evil.invalid","x")',
  "+cmd|' /C calc'!A0",
  '-1+1',
  '@SUM(1)',
  '|x',
  '＝1+1',
  ' =1',
  '"=1',
  'a","b',
  'a%0A::error::x,y:z',
  '`` ` ``` ````',
  '[click](http://evil.invalid) ![x](http://evil.invalid)',
  '@octocat #1 octo/repo#2 www.evil.invalid http://evil.invalid',
  '</details><h1>x</h1> | a | b |',
  '$$\\href{javascript:1}{x}$$ {0} {1}',
  ']]>&xxe;<!DOCTYPE x>',
  '../../../etc/passwd',
  '//evil.invalid/x',
  'x'.repeat(30_000),
]
const ATTACKS = [...TERMINAL_ATTACKS, ...MARKUP_ATTACKS, ...FORMAT_ATTACKS]
const PLAIN_BUT = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]/
const OBEYED = /^\s*::[a-z]|##\w*\[/im

const render = async (id: keyof typeof reporters, report: Report): Promise<string> => (await reporters[id]()).render(report)

/** Everything hostile but what is one of few words, since a format is chosen by those. */
const hostile = (attack: string): Report => {
  const whole = withEveryString(reportWithRules, attack)
  const keep = ({ severity, confidence, status }: Finding) => ({ severity, confidence, status })
  return {
    ...whole,
    findings: whole.findings.map((finding, i) => ({ ...finding, ...keep(canonicalReport.findings[i]!) })),
    targets: whole.targets.map((target, i) => ({ ...target, status: canonicalReport.targets[i]!.status })),
  }
}

const named = (attack: string): string => encodeURIComponent(attack.toWellFormed()).slice(0, 60)

describe('reporters for machines', () => {
  const outside = (markdown: string): string =>
    markdown.replace(/^(`{3,})\w+\n[\s\S]*?\n\1$/gm, 'BLOCK').replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|\(empty\)/g, 'CODE')

  for (const attack of ATTACKS) {
    it(`let nothing act with ${named(attack)} in every field`, async () => {
      for (const id of ['sarif', 'junit', 'markdown', 'csv', 'asff', 'ndjson'] as const) {
        for (const report of [hostile(attack), withEveryString(reportWithRules, attack)]) {
          const text = await render(id, report)
          expect(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''), id).to.not.match(PLAIN_BUT)
          expect(text, id).to.not.match(OBEYED)
        }
      }
    })
  }

  it('csv keeps every cell in its column, and none is a formula', async () => {
    for (const attack of ATTACKS) {
      const rows = csvRows(await render('csv', hostile(attack)))
      expect(rows).to.have.lengthOf(1 + canonicalReport.findings.length)
      for (const row of rows) {
        expect(row).to.have.lengthOf(rows[0]!.length)
        for (const cell of row) expect(cell).to.not.match(/^[\s"]*[=+\-@|%＝＋－＠]/)
      }
    }
  })

  it('junit is XML, of the same elements and attributes whatever the texts are', async () => {
    const honest = xmlSkeleton(await render('junit', hostile('x')))
    for (const attack of ATTACKS) expect(xmlSkeleton(await render('junit', hostile(attack))), named(attack)).to.equal(honest)
  })

  it('junit is accepted by xmllint, whatever the texts are', async function () {
    const lint = (text: string) => spawnSync('xmllint', ['--noout', '--nonet', '-'], { input: text, encoding: 'utf8' })
    if (lint('<a/>').status !== 0) {
      if (process.env['REQUIRE_ALL'] === '1') throw new Error('xmllint is missing: apt-get install -y libxml2-utils')
      console.log('      skipped: xmllint is missing (apt-get install -y libxml2-utils)')
      this.skip()
    }
    const [first] = reportWithRules.findings
    const findings = ATTACKS.map((attack) => ({
      ...withEveryString(first!, attack),
      confidence: first!.confidence,
      suppression: null,
    }))
    for (const report of [
      reportWithRules,
      { ...reportWithRules, targets: [{ ...reportWithRules.targets[0]!, id: '' }], findings: [] },
      ...ATTACKS.slice(0, 10).map(hostile),
    ])
      expect(lint(await render('junit', report)).stderr).to.equal('')
    const all = findings.map((finding) => ({ ...finding, target: 'all' }))
    const { status, stderr } = lint(
      await render('junit', { ...reportWithRules, targets: [{ ...reportWithRules.targets[0]!, id: 'all' }], findings: all }),
    )
    expect(status, stderr).to.equal(0)
    expect(lint('<a>\u0001</a>').status).to.not.equal(0)
  })

  it('markdown holds data in code only', async () => {
    const honest = outside(await render('markdown', hostile('x')))
    expect(honest).to.include('CODE').and.to.include('BLOCK')
    for (const attack of ATTACKS.filter((text) => text.length < 1_000))
      expect(outside(await render('markdown', hostile(attack))), named(attack)).to.equal(honest)
  })

  it('github writes its own commands only, and no more than ten of a kind', async () => {
    const many = { ...canonicalReport, findings: Array.from({ length: 40 }, () => canonicalReport.findings[2]!) }
    for (const report of [many, ...ATTACKS.map(hostile)]) {
      const lines = (await render('github', report)).trimEnd().split('\n')
      for (const line of lines.slice(0, -1)) {
        expect(line).to.match(/^::(error|warning|notice) ((file|line|col|title)=[^,:]*,?)+::/)
        expect(line).to.not.match(PLAIN_BUT)
      }
      expect(lines.at(-1)).to.not.match(/^\s*::[a-z]|##\w*\[/i)
      expect(lines.filter((line) => line.startsWith('::error'))).to.have.lengthOf.at.most(10)
    }
    expect(await render('github', many)).to.include('31 more of this kind')
  })

  it('markdown stays below what a comment holds, and says how many it left out', async () => {
    const text = await render('markdown', {
      ...canonicalReport,
      findings: Array.from({ length: 500 }, () => canonicalReport.findings[2]!),
    })
    expect(text.length).to.be.below(65_536)
    expect(text).to.match(/… and \d{3} more in the report/)
  })

  it('ndjson gives back what the report holds, and ends with end', async () => {
    const lines = (await render('ndjson', reportWithRules)).trimEnd().split('\n')
    const values = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    const of = (type: string, key: string) => values.filter((value) => value.type === type).map((value) => value[key])
    expect(of('finding', 'finding')).to.deep.equal(reportWithRules.findings)
    expect(of('trend', 'point')).to.deep.equal(reportWithRules.trend)
    expect(of('target', 'target')).to.deep.equal(canonicalReport.targets)
    expect(of('permission', 'permission')).to.deep.equal(canonicalReport.permissions)
    expect(values.at(-1)).to.deep.equal({ type: 'end', findings: 3 })
  })

  it('all show the same open findings', async () => {
    const open = ['9f3c21ab5d7e']
    const failures = [...(await render('junit', reportWithRules)).matchAll(/\((\w{12})\)"[^>]*><failure/g)].map(
      (match) => match[1],
    )
    const headings = [...(await render('markdown', reportWithRules)).matchAll(/^### [\s\S]*?replay (\w{12})/gm)].map(
      (match) => match[1],
    )
    const annotations = [...(await render('github', reportWithRules)).matchAll(/^::.*replay (\w{12})/gm)].map((match) => match[1])
    const log = JSON.parse(await render('sarif', reportWithRules)) as SarifLog
    const alerts = log.runs[0]!.results.filter(({ properties }) => properties.open)
    expect(failures).to.deep.equal(open)
    expect(headings).to.deep.equal(open)
    expect(annotations).to.deep.equal(open)
    expect(alerts.map(({ partialFingerprints }) => partialFingerprints['eventfuzz/v1']!.slice(0, 12))).to.deep.equal(open)
  })

  it('junit says of a silent rule that it passed, and of a function that was not tested that this is an error', async () => {
    const text = await render('junit', reportWithRules)
    expect(text).to.match(/classname="thumbnails" name="sql-injection through s3"[^>]*\/>/)
    expect(text).to.match(
      /classname="invoices" name="is tested"[^>]*><error type="not-tested" message="not-drivable: environment INVOICE_BUCKET/,
    )
    expect(text).to.match(
      /classname="order-worker" name="poison-message through sqs \(4be07f2c91d3\)"[^>]*><skipped message="[^"]*risk-accepted by orders team/,
    )
  })
})
