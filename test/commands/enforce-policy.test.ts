import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import type { Evidence, Report } from '#src/model/index.js'
import { thorough } from '../thorough.js'
import { eventfuzz, ROOT } from './shop.js'

const TEMPLATE = (action: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      BillingMode: PAY_PER_REQUEST
  Queue:
    Type: AWS::SQS::Queue
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: worker.handler
      Runtime: nodejs22.x
      Timeout: 10
      Environment: { Variables: { TABLE: !Ref Orders } }
      Policies:
        - Statement:
            - { Effect: Allow, Action: [${action}], Resource: !GetAtt Orders.Arn }
      Events:
        Order: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } }
`
/** Puts an item for every message. */
const WORKER = `import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
const client = new DynamoDBClient({})
export const handler = async ({ Records }) => {
  for (const { messageId } of Records)
    await client.send(new PutItemCommand({ TableName: process.env.TABLE, Item: { id: { S: messageId } } }))
}`

/** A project below the repository, so that it finds the AWS clients. */
function fuzzed(name: string, files: Readonly<Record<string, string>>, ...args: string[]) {
  const dir = path.join(ROOT, 'dist-test', `enforce-${name}`)
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(dir, file), text)
  const ran = eventfuzz(dir, 'fuzz', '--seed', '1', '--runs', '20', '--fail-on', 'none', ...args)
  const read = (file: string) => readFileSync(path.join(dir, '.eventfuzz/last', file), 'utf8')
  return { ...ran, read, report: () => JSON.parse(read('report.json')) as Report }
}

describe('--enforce-policy', function () {
  this.timeout(60_000)
  const without = { 'template.yaml': TEMPLATE('dynamodb:GetItem'), 'worker.mjs': WORKER }

  it('lets a function do what its role may', () => {
    const files = { 'template.yaml': TEMPLATE('dynamodb:PutItem'), 'worker.mjs': WORKER }
    const { report, stderr } = fuzzed('allowed', files, '--enforce-policy')
    expect(report().targets[0]!.status, stderr).to.equal('tested')
    expect(stderr).not.to.include('--enforce-policy')
  })

  it('names the permission that is missing, in the words of AWS', () => {
    const { report, read, stderr } = fuzzed('denied', without, '--enforce-policy')
    const { status, missing } = report().targets[0]!
    expect(status, stderr).to.equal('not-drivable')
    expect(missing).to.deep.include({ kind: 'aws', name: 'dynamodb:PutItem' })
    expect(missing.map(({ name }) => name).join('\n')).to.match(
      /AccessDeniedException: User: arn:aws:sts::000000000000:assumed-role\/WorkerRole\/Worker is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table\//,
    )
    const [call] = read('evidence.jsonl').split('\n', 1)
    expect((JSON.parse(call!) as Evidence).outcome).to.equal('denied')
  })

  thorough('is asked for: without it the function runs', () => {
    const { report, stderr } = fuzzed('asked', without)
    expect(report().targets[0]!.status, stderr).to.equal('tested')
  })

  it('needs a role', () => {
    const { status, stderr } = fuzzed('no-role', { 'worker.mjs': WORKER }, 'worker.mjs', '--event', 'sqs', '--enforce-policy')
    expect(status).to.equal(2)
    expect(stderr).to.match(/^eventfuzz: --enforce-policy needs a role: .*\n$/)
  })
})
