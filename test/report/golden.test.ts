import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { type ReporterId, reporters } from '#src/report/index.js'
import { renderText } from '#src/report/text.js'
import { canonicalReport, reportWithRules } from './canonical-report.js'

const FOLDER = new URL('../../test/report/golden/', import.meta.url)

const GOLDEN: Readonly<Record<ReporterId, string>> = {
  list: 'list.txt',
  json: 'json.json',
  html: 'html.html',
  sarif: 'sarif.sarif',
  junit: 'junit.xml',
  markdown: 'markdown.md',
  csv: 'csv.csv',
  github: 'github.txt',
  asff: 'asff.jsonl',
  ndjson: 'ndjson.ndjson',
}

// Security Hub's own place is of the environment.
for (const name of ['AWS_ACCOUNT_ID', 'AWS_REGION', 'AWS_DEFAULT_REGION']) delete process.env[name]

describe('report', () => {
  for (const [id, file] of Object.entries(GOLDEN)) {
    it(`${id} renders the canonical report as test/report/golden/${file} (UPDATE_GOLDEN=1 rewrites it)`, async () => {
      const reporter = await reporters[id as ReporterId]()
      const rendered = reporter.render(reportWithRules)
      const path = new URL(file, FOLDER)
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, rendered)
      expect(reporter.id).to.equal(id)
      expect(rendered).to.equal(readFileSync(path, 'utf8'))
    })
  }

  it('json gives back the values it was given', async () => {
    const odd = {
      ...canonicalReport,
      notTested: [{ what: '\u001b[31m ##[error] \ud800 \u{e0041} \u202e', why: '\u2028\u009b "\\"' }],
    }
    expect(JSON.parse((await reporters.json()).render(odd))).to.deep.equal(odd)
  })

  it('colours the list only when asked, and then changes nothing else', () => {
    const coloured = renderText(canonicalReport, { color: true })
    expect(coloured).to.include('\u001b[')
    expect(coloured.replace(/\u001b\[\d+m/g, '')).to.equal(renderText(canonicalReport, { color: false }))
  })

  it('prints every replay line exactly as the finding holds it', () => {
    const lines = renderText(canonicalReport, { color: false }).split('\n')
    for (const { replay } of canonicalReport.findings) expect(lines).to.include(`  replay    ${replay}`)
  })

  it('keeps the page within 80 KB without its data', async () => {
    const empty = { ...canonicalReport, targets: [], findings: [], permissions: [], suggestedPolicies: [], notTested: [] }
    expect(Buffer.byteLength((await reporters.html()).render(empty))).to.be.below(80 * 1024)
  })
})
