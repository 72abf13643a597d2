import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Ajv04Module from 'ajv-draft-04'
import { expect } from 'chai'
import type { Report } from '#src/model/index.js'
import { sarif } from '#src/report/sarif/log.js'
import { uriOf } from '#src/report/sarif/text.js'
import { MARKUP_ATTACKS, TERMINAL_ATTACKS } from './attack-strings.js'
import { canonicalReport, reportWithRules } from './canonical-report.js'
import type { SarifLog, SarifResult } from './read-formats.js'
import { withEveryString } from './with-every-string.js'

const runOf = (report: Report) => (JSON.parse(sarif.render(report)) as SarifLog).runs[0]!
const resultOf = (rule: string): SarifResult => runOf(reportWithRules).results.find(({ ruleId }) => ruleId === rule)!

// A default export of CommonJS.
const Ajv04 = Ajv04Module as unknown as typeof Ajv04Module.default
const FORMATS = { uri: isUri, 'uri-reference': true, 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) } as const
function isUri(text: string): boolean {
  return URL.canParse(text)
}
const ATTACKS = [...MARKUP_ATTACKS, ...TERMINAL_ATTACKS]

const PERMISSIONS = (
  ['MISSING', 'REMOVABLE', 'EXERCISED-NARROWER', 'EXERCISED-BY-ATTACK', 'UNREACHED', 'REACHED-NOT-CALLED'] as const
).map((kind) => ({
  ...{ target: 'orders', role: 'orders-role', action: 's3:GetObject', resource: '*', class: kind, statement: 'p#0' },
  ...{ why: 'Granted, never exercised.', evidence: [] },
}))

describe('SARIF', () => {
  it('is one run of version 2.1.0, whatever the number of functions', () => {
    const log = JSON.parse(sarif.render(reportWithRules)) as SarifLog
    expect(log.version).to.equal('2.1.0')
    expect(log.runs).to.have.lengthOf(1)
  })

  it('is valid by the schema of OASIS, whatever stands in the report', () => {
    const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
    const valid = new Ajv04({ strict: false, unicodeRegExp: false, formats: FORMATS }).compile(
      JSON.parse(readFileSync(file, 'utf8')),
    )
    const attacked = ATTACKS.map((attack) => withEveryString(reportWithRules, attack))
    for (const report of [reportWithRules, canonicalReport, ...attacked])
      expect(valid(JSON.parse(sarif.render(report))), JSON.stringify(valid.errors)).to.equal(true)
    const log = JSON.parse(sarif.render(reportWithRules)) as SarifLog
    for (const wrong of [{ level: 'dire' }, { message: {} }, { baselineState: 'regressed' }]) {
      const results = [{ ...log.runs[0]!.results[0], ...wrong }]
      expect(valid({ ...log, runs: [{ ...log.runs[0], results }] }), JSON.stringify(wrong)).to.equal(false)
    }
  })

  it('points from each result to its rule, of which there is one each', () => {
    for (const report of [reportWithRules, canonicalReport]) {
      const { tool, results } = runOf(report)
      const ids = tool.driver.rules.map(({ id }) => id)
      expect(new Set(ids).size).to.equal(ids.length)
      for (const { ruleId, ruleIndex } of results) expect(ids[ruleIndex]).to.equal(ruleId)
    }
  })

  it('gives GitHub what it sorts and explains by', () => {
    const rule = runOf(reportWithRules).tool.driver.rules.find(({ id }) => id === 'command-injection')!
    expect(Number(rule.properties['security-severity'])).to.be.above(9)
    expect(rule.properties.tags).to.include.members(['security', 'external/cwe/cwe-078'])
    expect(rule.help.markdown).to.include('execFile')
    expect(rule.help.text).to.include('What does not: A value inside one word')
  })

  it('explains every rule, those of permissions too', () => {
    const { rules, ...driver } = runOf({ ...reportWithRules, permissions: PERMISSIONS }).tool.driver
    expect(driver).to.include({ informationUri: 'https://www.npmjs.com/package/eventfuzz' })
    expect(rules.filter(({ id }) => id.startsWith('iam-'))).to.have.lengthOf(PERMISSIONS.length)
    for (const { id, fullDescription, help } of rules) {
      expect(fullDescription?.text, id).to.match(/\w+.*[.!?]$/)
      expect(help.text, id).to.match(/\w/)
      expect(help.markdown, id).to.match(/\w/)
    }
  })

  it('holds each tag once, as the schema of SARIF wants', () => {
    const rules = reportWithRules.rules!.map((rule) => ({ ...rule, cwe: ['CWE-78', 'CWE-78', 'CWE-078'], owasp: ['S1', 'S1'] }))
    for (const { properties } of runOf({ ...reportWithRules, rules }).tool.driver.rules)
      expect(new Set(properties.tags).size).to.equal(properties.tags.length)
  })

  it('leads from the event field to the line of the sink', () => {
    const { codeFlows, locations } = resultOf('command-injection')
    const [from, to] = codeFlows[0]!.threadFlows[0]!.locations.map(({ location }) => location)
    expect(from!.message!.text).to.include('/Records/0/s3/object/key')
    expect(from!.physicalLocation.artifactLocation.uri).to.equal('src/thumbnails.mjs')
    expect(to!.physicalLocation).to.deep.equal(locations[0]!.physicalLocation)
    expect(to!.physicalLocation.region).to.deep.equal({ startLine: 37, startColumn: 28 })
  })

  it('gives a result without a known line the file of its function', () => {
    expect(resultOf('verbose-error').locations[0]!.physicalLocation).to.deep.equal({
      artifactLocation: { uri: 'src/reports-api.mjs' },
      region: { startLine: 1 },
    })
  })

  it('suppresses what is accepted instead of leaving it out, and no longer than accepted', () => {
    expect(resultOf('poison-message').suppressions).to.have.lengthOf(1)
    expect(resultOf('poison-message').baselineState).to.equal('unchanged')
    const expired = canonicalReport.findings.map((finding) =>
      finding.suppression === null ? finding : { ...finding, suppression: { ...finding.suppression, state: 'expired' } },
    )
    for (const { suppressions } of runOf({ ...canonicalReport, findings: expired }).results)
      expect(suppressions).to.deep.equal([])
  })

  it('keeps fingerprints when the event, the line and the words change', () => {
    const changed = canonicalReport.findings.map((finding) => ({
      ...finding,
      event: '{}',
      evidence: 'other',
      title: 'other',
      sink: null,
    }))
    const prints = (report: Report) => runOf(report).results.map(({ partialFingerprints }) => partialFingerprints)
    expect(prints({ ...canonicalReport, findings: changed })).to.deep.equal(prints(canonicalReport))
  })

  it('says what was not tested', () => {
    const texts = runOf(reportWithRules).invocations[0]!.toolExecutionNotifications.map(({ message }) => message.text)
    expect(texts.join('\n')).to.include('invoices').and.to.include('legacy').and.to.include('rule sql-injection')
  })

  it('makes no link and no placeholder of data', () => {
    for (const { message } of runOf(withEveryString(reportWithRules, '[a](http://evil.invalid) [a]{0} \u0000')).results) {
      expect(message.text).to.not.include('](')
      expect(message.text).to.not.match(/\{\d+\}/)
    }
  })

  const FILES = [
    ['src/a b.mjs', 'src/a%20b.mjs'],
    ['/var/task/ü.mjs', 'file:///var/task/%C3%BC.mjs'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['//evil.invalid/x', 'file:///evil.invalid/x'],
    ['./src\\a.mjs', 'src/a.mjs'],
    ['a\ud800#?%', 'a%EF%BF%BD%23%3F%25'],
  ] as const
  for (const [file, uri] of FILES)
    it(`names the file ${encodeURI(file.toWellFormed())} as ${uri}`, () => expect(uriOf(file)).to.equal(uri))
})
