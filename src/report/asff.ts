import type { Finding, Report, Reporter, TargetReport } from '../model/index.js'
import { jsonText } from './json-text.js'
import { isAccepted, suppressionText } from './open-findings.js'
import { sinkLocation } from './summary.js'
import { visible } from './visible.js'

/** Of BatchImportFindings: findings of a call, bytes of a call. */
const MOST_IN_BATCH = 100
const MOST_BYTES = 3_000_000

/** The account and region whose Security Hub takes the findings. */
export interface AsffPlace {
  readonly account: string
  readonly region: string
}

/** Reads AWS_ACCOUNT_ID and AWS_REGION; what is not one of them is left out. */
export function placeOfEnvironment(env: Readonly<Record<string, string | undefined>>): AsffPlace {
  const [account = '', region = ''] = [env['AWS_ACCOUNT_ID'], env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION']]
  return {
    account: /^\d{12}$/.test(account) ? account : '000000000000',
    region: /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region) ? region : 'us-east-1',
  }
}

/**
 * AWS Security Finding Format for Security Hub. A JSON list of findings a line, each what one call of BatchImportFindings takes:
 * `aws securityhub batch-import-findings --findings file://line.json`.
 */
export const asffFor = (place: AsffPlace): Reporter => {
  const parts = (report: Report): Iterable<string> => batches(report, place)
  return { id: 'asff', render: (report) => [...parts(report)].join(''), parts }
}

function* batches(report: Report, place: AsffPlace): Generator<string> {
  let batch: string[] = []
  let bytes = 0
  for (const finding of report.findings) {
    const text = jsonText(asffFinding(finding, report, place))
    if (batch.length === MOST_IN_BATCH || (batch.length > 0 && bytes + text.length > MOST_BYTES)) {
      yield `[${batch.join(',')}]\n`
      batch = []
      bytes = 0
    }
    batch.push(text)
    bytes += text.length
  }
  if (batch.length > 0) yield `[${batch.join(',')}]\n`
}

const CONFIDENCE = { confirmed: 95, firm: 75, tentative: 30 } as const

function asffFinding(finding: Finding, { run, targets, tool }: Report, { account, region }: AsffPlace): object {
  const { fingerprint, rule, severity, confidence, title, remediation, status } = finding
  const partition = /^cn-/.test(region) ? 'aws-cn' : /^us-gov-/.test(region) ? 'aws-us-gov' : 'aws'
  const at = instant(run.startedAt)
  return {
    SchemaVersion: '2018-10-08',
    Id: `eventfuzz/${text(fingerprint, 200)}`,
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    ProductName: 'eventfuzz',
    CompanyName: 'eventfuzz',
    GeneratorId: `eventfuzz/${text(rule, 200)}`,
    AwsAccountId: account,
    Types: ['Software and Configuration Checks/Vulnerabilities'],
    CreatedAt: at,
    UpdatedAt: at,
    Severity: { Label: confidence === 'tentative' ? 'INFORMATIONAL' : severity.toUpperCase(), Original: text(severity, 64) },
    Confidence: CONFIDENCE[confidence] ?? 30,
    Title: text(title, 256),
    Description: text(descriptionOf(finding), 1_024),
    Remediation: { Recommendation: { Text: text(remediation, 512) } },
    ProductFields: fieldsOf(finding, tool.version),
    Resources: [resourceOf(finding, targets, `arn:${partition}:lambda:${region}:${account}:function:`, { partition, region })],
    RecordState: status === 'fixed' ? 'ARCHIVED' : 'ACTIVE',
    Workflow: { Status: status === 'fixed' ? 'RESOLVED' : isAccepted(finding) ? 'SUPPRESSED' : 'NEW' },
  }
}

const instant = (iso: string): string => (Number.isNaN(Date.parse(iso)) ? new Date(0) : new Date(iso)).toISOString()

function descriptionOf({ target, pointer, sink, evidence, cwe }: Finding): string {
  const through = pointer === '' ? '' : ` through the event field ${pointer}`
  const into = sink === null ? '' : ` into ${sink.api}`
  return `${target}${through}${into}. ${evidence}${cwe.length === 0 ? '' : ` (${cwe.join(', ')})`}`
}

/** Only what says something: Security Hub refuses empty values. */
function fieldsOf(finding: Finding, version: string): Readonly<Record<string, string>> {
  const fields = {
    'eventfuzz/version': version,
    'eventfuzz/pointer': finding.pointer,
    'eventfuzz/location': sinkLocation(finding),
    'eventfuzz/confidence': finding.confidence,
    'eventfuzz/status': finding.status,
    'eventfuzz/sources': finding.sources.join(','),
    'eventfuzz/replay': finding.replay,
    'eventfuzz/accepted': suppressionText(finding),
  }
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === '' ? [] : [[name, text(value, 2_048)]])))
}

/** A function by its id in the template: what it is called in an account only the account knows. */
function resourceOf(
  { target }: Finding,
  targets: readonly TargetReport[],
  prefix: string,
  { partition, region }: { readonly partition: string; readonly region: string },
): object {
  const name = target.replace(/[^\w-]+/g, '-').slice(0, 64) || 'unknown'
  const runtime = targets.find(({ id }) => id === target)?.runtime ?? ''
  return {
    Type: 'AwsLambdaFunction',
    Id: `${prefix}${name}`,
    Partition: partition,
    Region: region,
    Details: { AwsLambdaFunction: { FunctionName: name, ...(runtime === '' ? {} : { Runtime: text(runtime, 64) }) } },
  }
}

/** At least a sign, at most so many: Security Hub refuses the whole finding otherwise. */
function text(value: string, max: number): string {
  const shown = visible(value.slice(0, max))
  return (shown.length > max ? `${shown.slice(0, max - 1)}…` : shown).toWellFormed() || '-'
}
