import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { type Call, evidence } from '../iam/maker.js'
import { eventfuzz } from './shop.js'

const made: string[] = []
after(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true })
})

/** A project of files, with evidence of calls of one function. */
function project(files: Readonly<Record<string, string>>, target: string, calls: readonly Call[]): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-edits-'))
  made.push(dir)
  const lines = calls.map((call) => `${JSON.stringify({ ...evidence(call), target })}\n`).join('')
  for (const [name, text] of Object.entries({ ...files, 'evidence.jsonl': lines })) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
    writeFileSync(path.join(dir, name), text)
  }
  return dir
}

const HANDLER = `import { PutItemCommand } from '@aws-sdk/client-dynamodb'
export const handler = async () => new PutItemCommand({})
`
const arn = (table: string): string => `arn:aws:dynamodb:us-east-1:000000000000:table/${table}`
const PUT: Call = { call: 'dynamodb:PutItem', on: [arn('Orders')], params: { TableName: 'Orders' } }
const suggest = (dir: string) => eventfuzz(dir, 'iam', '--evidence', 'evidence.jsonl', '--suggest')

const SAM = `Transform: AWS::Serverless-2016-10-31
Resources:
  # Orders of all customers
  Orders:
    Type: AWS::Serverless::SimpleTable
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: app.handler
      Events: { Queue: { Type: SQS, Properties: { Queue: !Sub 'arn:aws:sqs:\${AWS::Region}:\${AWS::AccountId}:q' } } }
      Policies:
        - AWSLambdaBasicExecutionRole
        - Version: "2012-10-17"
          Statement:
            - Effect: Allow # orders
              Action: &all dynamodb:*
              Resource: '*'
            - Effect: Deny
              Action: dynamodb:DeleteTable
              Resource: '*'
        - Statement: { Effect: Allow, Action: [ses:SendEmail], Resource: '*' }
        - S3ReadPolicy: { BucketName: invoices }
`
const SAM_AFTER = SAM.replace(
  "&all dynamodb:*\n              Resource: '*'",
  'dynamodb:PutItem\n              Resource: !GetAtt Orders.Arn',
).replace("        - Statement: { Effect: Allow, Action: [ses:SendEmail], Resource: '*' }\n", '')

const SERVERLESS = `service: shop
provider:
  name: aws
  runtime: nodejs22.x
  iam:
    role:
      statements:
        - Effect: Allow
          Action: # of the table
            - dynamodb:GetItem
            - dynamodb:PutItem
            - dynamodb:Scan
          Resource: !GetAtt Orders.Arn
        - Effect: Allow
          Action: s3:*
          Resource: "*"
functions:
  worker: { handler: app.handler, events: [{ sqs: 'arn:aws:sqs:us-east-1:000000000000:q' }] }
resources:
  Resources:
    Orders: { Type: AWS::DynamoDB::Table, Properties: { TableName: Orders } }
`
const SERVERLESS_AFTER = SERVERLESS.replace('            - dynamodb:GetItem\n', '')
  .replace('            - dynamodb:Scan\n', '')
  .replace('        - Effect: Allow\n          Action: s3:*\n          Resource: "*"\n', '')

const PROJECTS = [
  { file: 'template.yaml', target: 'Worker', before: SAM, after: SAM_AFTER },
  { file: 'serverless.yml', target: 'worker', before: SERVERLESS, after: SERVERLESS_AFTER },
] as const
const TOOLS = [
  ['git', 'apply'],
  ['patch', '-p1', '--quiet'],
] as const

describe('eventfuzz iam --suggest of a template', function () {
  this.timeout(60_000)

  for (const { file, target, before, after } of PROJECTS) {
    it(`changes the lines of ${file} alone, and has nothing more to suggest then`, () => {
      const dir = project({ [file]: before, 'app.mjs': HANDLER }, target, [PUT])
      const ran = suggest(dir)
      expect(ran.stderr).to.equal('')
      for (const [tool, ...args] of TOOLS) {
        writeFileSync(path.join(dir, file), before)
        execFileSync(tool, args, { cwd: dir, input: ran.stdout })
        expect(readFileSync(path.join(dir, file), 'utf8'), tool).to.equal(after)
      }
      expect(suggest(dir).stdout).not.to.include(`--- a/${file}`)
    })
  }

  it('says of a SAM policy template that it has no lines to change, and prints the policy', () => {
    const dir = project({ 'template.yaml': SAM, 'app.mjs': HANDLER }, 'Worker', [
      PUT,
      { call: 's3:GetObject', on: ['arn:aws:s3:::invoices/a'], params: { Bucket: 'invoices', Key: 'a' } },
    ])
    const { stdout } = suggest(dir)
    expect(stdout).to.include('no diff: The policy has no statements of its own there')
    expect(stdout).to.include('"Action": "s3:GetObject"')
  })

  it('changes nothing where the lines are those of another function too', () => {
    const shared = SAM.replace(
      '        - Version: "2012-10-17"',
      '        - &shared\n          Version: "2012-10-17"',
    ).concat(`  Other:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: app.handler
      Events: { Queue: { Type: SQS, Properties: { Queue: !Sub 'arn:aws:sqs:\${AWS::Region}:\${AWS::AccountId}:r' } } }
      Policies: [*shared]
`)
    const dir = project({ 'template.yaml': shared, 'app.mjs': HANDLER }, 'Worker', [PUT])
    const { stdout } = suggest(dir)
    expect(stdout).to.include('no diff: Other parts of the template would change with it')
    expect(stdout).to.include("-        - Statement: { Effect: Allow, Action: [ses:SendEmail], Resource: '*' }")
  })
})
