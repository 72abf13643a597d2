import { expect } from 'chai'
import type { Finding, Report } from '#src/model/index.js'
import { asffFor, placeOfEnvironment } from '#src/report/asff.js'
import { MARKUP_ATTACKS, TERMINAL_ATTACKS } from './attack-strings.js'
import { canonicalReport } from './canonical-report.js'
import { withEveryString } from './with-every-string.js'

interface Asff {
  readonly Id: string
  readonly ProductArn: string
  readonly AwsAccountId: string
  readonly Title: string
  readonly Description: string
  readonly Severity: { readonly Label: string }
  readonly RecordState: string
  readonly Workflow: { readonly Status: string }
  readonly ProductFields: Readonly<Record<string, string>>
  readonly Remediation: { readonly Recommendation: { readonly Text: string } }
  readonly Resources: readonly { readonly Id: string; readonly Region: string }[]
  readonly Types: readonly string[]
}

const place = { account: '123456789012', region: 'eu-central-1' }
const batchesOf = (report: Report, at = place): Asff[][] =>
  asffFor(at)
    .render(report)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Asff[])

/** AWS: Required attributes and limits of ASFF. */
function checkLimits(one: Asff): void {
  for (const [text, most] of [
    [one.Id, 512],
    [one.Title, 256],
    [one.Description, 1_024],
    [one.Remediation.Recommendation.Text, 512],
    [one.Resources[0]!.Id, 512],
    ...Object.values(one.ProductFields).map((value) => [value, 2_048] as const),
  ] as const)
    expect(text.length).to.be.within(1, most)
  expect(Object.keys(one.ProductFields).length).to.be.at.most(50)
  expect(one.Types[0]).to.match(/^(?:Software and Configuration Checks)\/[^/]+$/)
  expect(one.Resources[0]!.Id).to.match(/^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}$/)
  expect(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']).to.include(one.Severity.Label)
  expect(Buffer.byteLength(JSON.stringify(one))).to.be.below(240 * 1024)
}

describe('ASFF for Security Hub', () => {
  it('keeps its limits with any text in any field', () => {
    for (const attack of [...MARKUP_ATTACKS, ...TERMINAL_ATTACKS, 'x'.repeat(40_000), '\u202e'.repeat(9_000), '']) {
      const whole = withEveryString(canonicalReport, attack)
      const findings = whole.findings.map((finding, i): Finding => {
        const { severity, confidence, status } = canonicalReport.findings[i]!
        return { ...finding, severity, confidence, status }
      })
      for (const one of batchesOf({ ...whole, findings }).flat()) checkLimits(one)
    }
  })

  it('makes batches of at most 100 findings, none when there is nothing', () => {
    const [finding] = canonicalReport.findings
    const findings = Array.from({ length: 250 }, (_, i) => ({ ...finding!, fingerprint: String(i).padStart(64, '0') }))
    expect(batchesOf({ ...canonicalReport, findings }).map(({ length }) => length)).to.deep.equal([100, 100, 50])
    expect(batchesOf({ ...canonicalReport, findings: [] })).to.deep.equal([])
  })

  it('archives what is fixed and suppresses what is accepted', () => {
    const [known] = canonicalReport.findings.filter(({ suppression }) => suppression !== null)
    const states = [known!, { ...known!, suppression: null }, { ...known!, status: 'fixed' as const }].map((one) => {
      const [[asff] = []] = batchesOf({ ...canonicalReport, findings: [one] })
      return `${asff!.RecordState} ${asff!.Workflow.Status}`
    })
    expect(states).to.deep.equal(['ACTIVE SUPPRESSED', 'ACTIVE NEW', 'ARCHIVED RESOLVED'])
  })

  it('names the account, region and partition of the environment, and nothing else that stands there', () => {
    expect(placeOfEnvironment({ AWS_ACCOUNT_ID: '123456789012', AWS_REGION: 'us-gov-west-1' })).to.deep.equal({
      account: '123456789012',
      region: 'us-gov-west-1',
    })
    expect(placeOfEnvironment({ AWS_ACCOUNT_ID: '1:*', AWS_DEFAULT_REGION: '::error::' })).to.deep.equal({
      account: '000000000000',
      region: 'us-east-1',
    })
    const [[gov] = []] = batchesOf(canonicalReport, { account: '123456789012', region: 'us-gov-west-1' })
    expect(gov!.ProductArn).to.equal('arn:aws-us-gov:securityhub:us-gov-west-1:123456789012:product/123456789012/default')
  })
})
