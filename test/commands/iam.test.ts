import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import type { ExcessPermission, Json } from '#src/model/index.js'
import { type Call, evidence } from '../iam/maker.js'
import { eventfuzz } from './shop.js'

const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-iam-'))
const put = (name: string, text: string) => writeFileSync(path.join(dir, name), text)
const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders'
const allow = (Action: Json, Resource: Json = '*'): Json => ({ Effect: 'Allow', Action, Resource })
const policy = (...Statement: Json[]): string => `${JSON.stringify({ Version: '2012-10-17', Statement }, null, 2)}\n`

put(
  'orders.mjs',
  "import { PutItemCommand } from '@aws-sdk/client-dynamodb'\nexport const handler = async () => new PutItemCommand({})\n",
)
put('policy.json', policy(allow(['dynamodb:PutItem', 'dynamodb:GetItem'], TABLE), allow('sqs:SendMessage')))
const call: Call = { call: 'dynamodb:PutItem', on: [TABLE], params: { TableName: 'orders' } }
const target = 'orders.mjs'

/** What CloudTrail writes of one call of a function. */
const record = (eventName: string, requestParameters: Json, session = 'shop-orders-1A2B3C', more: object = {}): object => ({
  ...{ eventVersion: '1.08', eventSource: 'dynamodb.amazonaws.com', eventName, awsRegion: 'us-east-1', eventID: eventName },
  userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::111122223333:assumed-role/shop-role-X/${session}` },
  ...{ requestParameters, recipientAccountId: '111122223333', ...more },
})
const trail = (...records: object[]): string => JSON.stringify({ Records: records })

put('evidence.jsonl', `${JSON.stringify({ ...evidence(call), target })}\n`)
put('trail.json', trail(record('PutItem', { tableName: 'orders' }), record('Scan', { tableName: 'orders' }, 'another-function')))
writeFileSync(path.join(dir, 'trail.json.gz'), gzipSync(trail(record('GetItem', { tableName: 'orders' }))))
put(
  'advisor.json',
  JSON.stringify({
    ServicesLastAccessed: [
      { ServiceNamespace: 'sqs', LastAuthenticated: '2026-01-01T00:00:00Z' },
      { ServiceNamespace: 's3' },
      {
        ...{ ServiceNamespace: 'dynamodb', LastAuthenticated: '2026-01-01T00:00:00Z' },
        TrackedActionsLastAccessed: [
          { ActionName: 'PutItem', LastAccessedTime: '2026-01-01T00:00:00Z' },
          { ActionName: 'GetItem' },
        ],
      },
    ],
  }),
)

const args = (...more: string[]) => ['iam', 'orders.mjs', '--event', 'sqs', '--policy', 'policy.json', ...more]
function rows(...more: string[]): string[] {
  const ran = eventfuzz(dir, ...args('--json', ...more))
  expect(ran.stderr).to.equal('')
  return (JSON.parse(ran.stdout) as ExcessPermission[]).map(({ class: kind, action }) => `${kind} ${action}`).sort()
}

describe('eventfuzz iam', function () {
  this.timeout(60_000)

  it('judges by the evidence of a run', () => {
    expect(rows('--evidence', 'evidence.jsonl')).to.deep.equal(['REMOVABLE dynamodb:GetItem', 'REMOVABLE sqs:SendMessage'])
  })

  it("judges by CloudTrail, by this function's calls alone", () => {
    expect(rows('--evidence', 'trail.json')).to.deep.equal(['REMOVABLE dynamodb:GetItem', 'REMOVABLE sqs:SendMessage'])
  })

  it('renders what it found as SARIF, at the line of the policy, and as Markdown', () => {
    eventfuzz(
      dir,
      ...args('--evidence', 'evidence.jsonl', '--output-file', 'sarif=iam.sarif', '--output-file', 'markdown=iam.md'),
    )
    const log = JSON.parse(readFileSync(path.join(dir, 'iam.sarif'), 'utf8')) as {
      runs: { results: { ruleId: string; locations: { physicalLocation: object }[] }[] }[]
    }
    const [first] = log.runs[0]!.results
    expect(first!.ruleId).to.equal('iam-removable')
    expect(first!.locations[0]!.physicalLocation).to.deep.equal({
      artifactLocation: { uri: 'policy.json' },
      region: { startLine: 1 },
    })
    expect(readFileSync(path.join(dir, 'iam.md'), 'utf8')).to.include('| `REMOVABLE` | `dynamodb:GetItem` |')
  })

  // --fail-on, exit code
  const THRESHOLDS: readonly (readonly [string, number])[] = [
    ['any', 1],
    ['dangerous', 0],
    ['missing', 0],
    ['none', 0],
    ['high', 2],
  ]
  for (const [threshold, code] of THRESHOLDS) {
    it(`exits with ${code} for unused permissions without danger under --fail-on ${threshold}`, () => {
      expect(eventfuzz(dir, ...args('--evidence', 'evidence.jsonl', '--fail-on', threshold)).status).to.equal(code)
    })
  }

  it('joins several files, packed ones too', () => {
    expect(rows('--evidence', 'trail.json', '--evidence', 'trail.json.gz', '--evidence', 'evidence.jsonl')).to.deep.equal([
      'REMOVABLE sqs:SendMessage',
    ])
  })

  it('calls nothing of a service unused of which Access Advisor knows no actions', () => {
    expect(rows('--evidence', 'advisor.json')).to.deep.equal(['UNKNOWN dynamodb:GetItem', 'UNKNOWN sqs:SendMessage'])
  })

  it('suggests a policy as a diff that can be applied', () => {
    const ran = eventfuzz(dir, ...args('--evidence', 'evidence.jsonl', '--suggest'))
    expect(ran.stdout).to.include('proof: 1 needed requests are still allowed')
    const applied = path.join(dir, 'applied')
    mkdirSync(applied)
    writeFileSync(path.join(applied, 'policy.json'), readFileSync(path.join(dir, 'policy.json')))
    execFileSync('git', ['apply', '-'], { cwd: applied, input: ran.stdout })
    expect(JSON.parse(readFileSync(path.join(applied, 'policy.json'), 'utf8'))).to.deep.equal({
      ...{ Version: '2012-10-17', Statement: [allow(['dynamodb:PutItem'], TABLE)] },
    })
  })

  it('suggests in JSON too, with its basis', () => {
    const ran = eventfuzz(dir, ...args('--evidence', 'evidence.jsonl', '--suggest', '--json'))
    const { suggestedPolicies, basis } = JSON.parse(ran.stdout) as { suggestedPolicies: { proof: Json }[]; basis: Json[] }
    expect(suggestedPolicies[0]!.proof).to.deep.include({ holds: true, requests: 1 })
    expect(basis[0]).to.deep.include({
      target,
      saturation: { permissions: 1, cases: 1, lastNew: 1, once: 1, draws: 1, unguided: false, next: 1 },
    })
  })

  it('ends with 4 when too little of the code was reached', () => {
    const run = path.join(dir, 'run')
    mkdirSync(run)
    writeFileSync(path.join(run, 'evidence.jsonl'), `${JSON.stringify({ ...evidence(call), target })}\n`)
    const ratio = { covered: 5, total: 10 }
    const report = { targets: [{ id: target, status: 'tested', executions: 7, coverage: { lines: ratio, branches: ratio } }] }
    writeFileSync(path.join(run, 'report.json'), JSON.stringify(report))
    put('exact.json', policy(allow('dynamodb:PutItem', TABLE)))
    const ran = (least: string) =>
      eventfuzz(
        dir,
        ...['iam', 'orders.mjs', '--event', 'sqs', '--policy', 'exact.json'],
        '--evidence',
        'run/evidence.jsonl',
        '--min-coverage',
        least,
      )
    expect([ran('50').status, ran('51').status, ran('x').status]).to.deep.equal([0, 4, 2])
    expect(ran('50').stdout).to.include('orders.mjs: 7 executions, 50 % of lines, 50 % of branches')
  })

  it('says what policies hold by themselves, where nothing was run', () => {
    put('risky.json', policy(allow(['iam:PutRolePolicy', 'dynamodb:PutItm', 'sqs:SendMessage'])))
    const ran = eventfuzz(dir, 'iam', '--policy', 'risky.json', '--json')
    const found = (JSON.parse(ran.stdout) as ExcessPermission[]).map(({ action }) => action)
    expect(found).to.deep.equal(['iam:PutRolePolicy', 'dynamodb:PutItm'])
    expect(ran.status).to.equal(1)
  })

  it('decides requests', () => {
    const boundary = { Version: '2012-10-17', Statement: [allow('s3:Get*')] }
    put(
      'requests.json',
      JSON.stringify([
        { action: 'sqs:SendMessage', resource: '*' },
        { action: 'sqs:SendMessage', policies: { boundary } },
      ]),
    )
    const ran = eventfuzz(dir, 'iam', '--policy', 'policy.json', '--request', 'requests.json', '--json')
    const decisions = (JSON.parse(ran.stdout) as { decision: string }[]).map(({ decision }) => decision)
    expect(decisions).to.deep.equal(['Allowed', 'ImplicitlyDenied'])
    expect(ran.status).to.equal(1)
    put('wrong.json', '[{}]')
    expect(eventfuzz(dir, 'iam', '--policy', 'policy.json', '--request', 'wrong.json').stderr).to.match(
      /request 1: a request is an object/,
    )
  })
})
