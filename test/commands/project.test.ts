import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import type { Report } from '#src/model/index.js'
import { thorough } from '../thorough.js'
import { eventfuzz, ROOT } from './shop.js'

/** A project in a directory of its own. */
function project(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-project-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
    writeFileSync(path.join(dir, name), text)
  }
  return dir
}

const fuzzed = (dir: string, ...args: string[]): { status: number | null; report: Report; stderr: string } => {
  const ran = eventfuzz(dir, 'fuzz', '--seed', '1', '--fail-on', 'low', ...args)
  const file = path.join(dir, '.eventfuzz/last/report.json')
  return {
    status: ran.status,
    stderr: ran.stderr,
    report: existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : ({ findings: [] } as unknown as Report),
  }
}

const QUEUE = (filter: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::SQS::Queue
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: worker.handler
      Runtime: nodejs22.x
      Events:
        Order:
          Type: SQS
          Properties:
            Queue: !GetAtt Orders.Arn
${filter}
`
const FILTER = `            FilterCriteria:
              Filters:
                - Pattern: '{"body": {"kind": ["order"], "lines": [{"exists": true}]}}'`

/** Falls over a message that is no order; orders with lines are all right. */
const WORKER = `export const handler = async ({ Records }) => {
  for (const { body } of Records) {
    const message = JSON.parse(body)
    if (message.kind !== undefined && message.kind !== 'order') throw new TypeError('what is ' + message.kind)
  }
}`

const API = (validator: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Models:
        Order: { type: object, required: [sku], properties: { sku: { type: string } } }
  Order:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: api.handler
      Runtime: nodejs22.x
      Events:
        Create:
          Type: Api
          Properties:
            RestApiId: !Ref Api
            Method: post
            Path: /orders
${validator}
`
const MODEL = `            RequestModel: { Model: Order, Required: true, ValidateBody: true }`

/** Believes that there is a sku in a JSON body; a body of another type is refused. */
const ORDER = `export const handler = async (event) => {
  const type = event.headers['Content-Type'] ?? event.headers['content-type'] ?? 'application/json'
  if (type !== 'application/json') return { statusCode: 415, body: '' }
  const { sku } = JSON.parse(event.body)
  return { statusCode: 200, body: sku.trim() }
}`

describe('what the template keeps from the function', function () {
  this.timeout(90_000)

  it('is not reported: a message that the filter drops', () => {
    const { status, report, stderr } = fuzzed(project({ 'template.yaml': QUEUE(FILTER), 'worker.mjs': WORKER }), '--runs', '300')
    expect(status, stderr).to.equal(0)
    expect(report.targets.map(({ id, status: state }) => `${id} ${state}`)).to.deep.equal(['Worker tested'])
    expect(report.targets[0]!.executions).to.be.greaterThan(200)
    expect(report.findings).to.deep.equal([])
  })

  it('is reported without the filter', () => {
    const { status, report } = fuzzed(project({ 'template.yaml': QUEUE(''), 'worker.mjs': WORKER }), '--runs', '300')
    expect(status).to.equal(1)
    expect(report.findings.map(({ rule }) => rule)).to.include('poison-message')
  })

  it('is not reported: a body that the request validator refuses', () => {
    const { status, report, stderr } = fuzzed(project({ 'template.yaml': API(MODEL), 'api.mjs': ORDER }), '--runs', '300')
    expect(report.findings.map(({ event }) => event)).to.deep.equal([])
    expect(status, stderr).to.equal(0)
  })

  thorough('is not reported: a request without what its authorizer says, or with what none says', () => {
    const { status, report, stderr } = fuzzed(project(BEHIND_FILES), '--runs', '600')
    expect(report.findings.map(({ target, event }) => [target, event])).to.deep.equal([])
    expect(report.targets.map(({ id, status: state }) => `${id} ${state}`)).to.deep.equal([
      'Claims tested',
      'Tenant tested',
      'Open tested',
    ])
    expect(status, stderr).to.equal(0)
  })

  thorough('is reported without the validator', () => {
    const { report } = fuzzed(project({ 'template.yaml': API(''), 'api.mjs': ORDER }), '--runs', '300')
    expect(report.findings.map(({ rule }) => rule)).to.include('unhandled-error')
  })
})

const BEHIND = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Http:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth: { DefaultAuthorizer: Jwt, Authorizers: { Jwt: { JwtConfiguration: { issuer: 'https://x.invalid', audience: [a] }, IdentitySource: $request.header.Authorization } } }
  Rest:
    Type: AWS::Serverless::Api
    Properties: { StageName: prod, Auth: { DefaultAuthorizer: L, Authorizers: { L: { FunctionArn: 'arn:aws:lambda:us-east-1:0:function:l' } } } }
  Claims:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: claims.handler, Runtime: nodejs22.x, Events: { G: { Type: HttpApi, Properties: { ApiId: !Ref Http, Method: get, Path: /me } } } }
  Tenant:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: tenant.handler, Runtime: nodejs22.x, Events: { G: { Type: Api, Properties: { RestApiId: !Ref Rest, Method: get, Path: /me } } } }
  Open:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: open.handler, Runtime: nodejs22.x, Events: { G: { Type: HttpApi, Properties: { Method: get, Path: /open } } } }
`
const BEHIND_FILES = {
  'template.yaml': BEHIND,
  'claims.mjs': `export const handler = async ({ requestContext }) => ({ statusCode: 200, body: requestContext.authorizer.jwt.claims.sub.trim() })`,
  'tenant.mjs': `export const handler = async ({ requestContext: { authorizer } }) => ({ statusCode: 200, body: authorizer.principalId + authorizer.tenant.trim() })`,
  // Nobody can send claims to a route without an authorizer.
  'open.mjs': `export const handler = async (event) => { if (event.requestContext.authorizer?.jwt?.claims?.sub) throw new Error('who is that'); return { statusCode: 200, body: '' } }`,
}

const TWO = (extra = '') => `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String }
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: hello.handler
      Runtime: nodejs22.x
      Environment: { Variables: { STAGE: !Ref Stage, SECRET: do-not-print } }
      Events: { Get: { Type: HttpApi, Properties: { Method: get, Path: /hello } } }
  Snake:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src/, Handler: snake.handler, Runtime: python3.13, Events: { Q: { Type: SQS, Properties: { Queue: 'arn:aws:sqs:us-east-1:000000000000:q' } } } }
${extra}`
const HELLO = `export const handler = async () => ({ statusCode: process.env.STAGE && process.env.TOKEN ? 200 : 500, body: '' })`

describe('a project', function () {
  this.timeout(60_000)

  it('is listed: triggers, handler, role, and what could not be found out', () => {
    const dir = project({ 'template.yaml': TWO(), 'src/hello.mjs': HELLO })
    const ran = eventfuzz(dir, 'list')
    expect(ran.status, ran.stderr).to.equal(0)
    expect(ran.stdout).to.match(/Hello +apigw-v2 GET \/hello +src\/hello\.mjs#handler/)
    expect(ran.stdout).to.match(/Snake is not fuzzed: .*python3\.13/)
    expect(ran.stdout).to.match(/Stage/).and.to.include('2 functions, 1 of them can be fuzzed')
    expect(ran.stdout).to.not.include('do-not-print')
    const listed = JSON.parse(eventfuzz(dir, 'list', '--json').stdout) as { functions: { id: string; environment: string[] }[] }
    expect(listed.functions.map(({ id }) => id)).to.deep.equal(['Hello', 'Snake'])
    expect(listed.functions[0]!.environment).to.include('SECRET')
    expect(JSON.stringify(listed)).to.not.include('do-not-print')
  })

  it('takes parameters from the command line, which win over the configuration', () => {
    const files = {
      'template.yaml': TWO().replace('CodeUri: src/', `CodeUri: !Sub "\${Stage}/"`),
      'dev/hello.mjs': HELLO,
      'prod/hello.mjs': HELLO,
      'eventfuzz.config.json': '{"parameters":{"Stage":"prod"}}',
    }
    const dir = project(files)
    expect(eventfuzz(dir, 'list').stdout).to.include('prod/hello.mjs#handler')
    expect(eventfuzz(dir, 'list', '--parameter', 'Stage=dev').stdout).to.include('dev/hello.mjs#handler')
    const ran = fuzzed(dir, '--runs', '20', '--parameter', 'Stage=dev')
    expect(ran.report.targets.map(({ file }) => path.basename(path.dirname(file)))).to.deep.equal(['dev'])
    const wrong = eventfuzz(dir, 'list', '--parameter', 'Stage')
    expect(wrong.status).to.equal(2)
    expect(wrong.stderr).to.match(/^eventfuzz: --parameter takes NAME=value.*\n$/)
  })

  it('runs a CDK app only when it is asked to, and says so', () => {
    const template = {
      Resources: {
        Fn: {
          Type: 'AWS::Lambda::Function',
          Properties: { Handler: 'hello.handler', Runtime: 'nodejs22.x', Code: { S3Key: 'x' } },
          Metadata: { 'aws:asset:path': '../../src', 'aws:cdk:path': 'Shop/Hello/Resource' },
        },
        Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: { 'Fn::GetAtt': ['Fn', 'Arn'] } } },
      },
    }
    const app = `const fs = require('fs')
      const out = process.env.CDK_OUTDIR
      fs.writeFileSync(out + '/manifest.json', JSON.stringify({ artifacts: { Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' } } } }))
      fs.writeFileSync(out + '/Shop.template.json', ${JSON.stringify(JSON.stringify(template))})`
    const dir = project({
      'cdk.json': '{"app":"node app.cjs"}',
      'app.cjs': app,
      'src/hello.mjs': HELLO,
      'other/cdk.json': '{"app":"node nowhere.cjs"}',
    })
    const before = eventfuzz(dir, 'list')
    expect(before.status).to.equal(3)
    expect(before.stdout).to.match(/cdk\.json: not read: .*list --synth/)
    expect(existsSync(path.join(dir, '.eventfuzz'))).to.equal(false)
    const ran = eventfuzz(dir, 'list', '--synth')
    expect(ran.status, ran.stderr).to.equal(0)
    expect(ran.stderr).to.equal('runs the code of cdk.json\nruns the code of other/cdk.json\n')
    expect(ran.stdout).to.match(/Shop\/Hello +function-url +src\/hello\.mjs#handler/)
    expect(ran.stdout.match(/other\/cdk\.json: /g)).to.have.lengthOf(1)
    expect(ran.stdout).to.match(/other\/cdk\.json: The CDK app \(node nowhere\.cjs\) ended with 1/)
    expect(readFileSync(path.join(dir, '.eventfuzz/.gitignore'), 'utf8')).to.equal('*\n')
    const none = eventfuzz(project({ 'a.mjs': '' }), 'list', '--synth')
    expect(none.status).to.equal(2)
    expect(none.stderr).to.match(/no cdk\.json/)
  })

  thorough('takes parameters, settings, files and a hook from the configuration', () => {
    const config = `export default {
      parameters: { Stage: 'prod-7' },
      functions: { 'H*': { envFile: 'token.env', timeout: '2s' } },
      setup: async ({ targets }) => ({ [targets[0].id]: { environment: { TOKEN: 'from-the-hook' } } }),
    }`
    const dir = project({
      'template.yaml': TWO(),
      'src/hello.mjs': HELLO.replace('200 : 500', "200 : (() => { throw new Error('no environment') })()"),
      'eventfuzz.config.mjs': config,
      'token.env': 'TOKEN=from-the-file\n',
    })
    const { status, report, stderr } = fuzzed(dir, '--runs', '50')
    expect(status, stderr).to.equal(0)
    expect(report.targets.map(({ id }) => id)).to.deep.equal(['Hello'])
    expect(report.notTested.map(({ what }) => what)).to.include('Snake')
  })

  it('says why a function cannot be fuzzed, and fuzzes it as what the user says', () => {
    const template = `Resources:
  Fn: { Type: AWS::Lambda::Function, Properties: { Handler: h.handler, Runtime: nodejs22.x, Code: . } }`
    const dir = project({ 'template.yaml': template, 'h.js': 'exports.handler = async () => ({ statusCode: 204 })' })
    const refused = eventfuzz(dir, 'fuzz', 'Fn', '--runs', '20')
    expect(refused.status).to.equal(3)
    expect(refused.stderr).to.match(/^eventfuzz: Fn cannot be fuzzed: nothing in the template triggers it.*--event[^\n]*\n$/)
    const { status, report } = fuzzed(dir, 'Fn', '--event', 'apigw-v2', '--runs', '40')
    expect(status).to.equal(0)
    expect(report.targets.map(({ id, sources }) => `${id} ${sources}`)).to.deep.equal(['Fn apigw-v2'])
  })

  thorough('is still tested when one of its templates is broken', () => {
    const dir = project({
      'template.yaml': TWO().replace('!Ref Stage', 'x').replaceAll('process.env.TOKEN', ''),
      'src/hello.mjs': `export const handler = async () => ({ statusCode: 204 })`,
      'broken/template.yaml':
        'AWSTemplateFormatVersion: 2010-09-09\nResources:\n  Fn:\n    Type: AWS::Lambda::Function\n   Oops: [',
      'serverless.yml':
        'service: x\nprovider: { name: aws, runtime: nodejs22.x }\nfunctions: { Again: { handler: src/hello.handler, events: [{ sqs: "arn:aws:sqs:us-east-1:0:q" }] } }',
    })
    const { status, report, stderr } = fuzzed(dir, '--runs', '100')
    expect(status, stderr).to.equal(4)
    expect(report.targets.map(({ id }) => id)).to.deep.equal(['Hello', 'Again'])
    expect(report.notTested.find(({ what }) => what.startsWith('broken/template.yaml:'))?.what).to.match(/:[456]$/)
  })

  for (const [what, config, text] of [
    ['no hook', `export default { setup: 7 }`, /is wrong at \/setup/],
    ['a hook that fails', `export default { setup: () => { throw new Error('no login') } }`, /The setup hook failed: no login/],
    [
      'a hook that returns nonsense',
      `export default { setup: () => ({ Hello: { timeout: 3 } }) }`,
      /setup hook returned is wrong at \/functions\/Hello\/timeout/,
    ],
    ['a misspelt setting', `export default { functions: { Hello: { timout: '3s' } } }`, /'timout'/],
    [
      'an environment file that is missing',
      `export default { functions: { Hello: { envFile: 'nope.env' } } }`,
      /nope\.env does not exist/,
    ],
  ] as const) {
    it(`says in one line what is wrong with the configuration: ${what}`, () => {
      const dir = project({ 'template.yaml': TWO(), 'src/hello.mjs': HELLO, 'eventfuzz.config.mjs': config })
      const ran = eventfuzz(dir, 'fuzz', '--runs', '20')
      expect(ran.status, ran.stderr).to.equal(2)
      expect(ran.stderr)
        .to.match(text)
        .and.to.match(/^[^\n]*\n$/)
      expect(existsSync(path.join(dir, '.eventfuzz'))).to.equal(false)
    })
  }

  it('gets a configuration, a baseline and a workflow, and keeps what it has', () => {
    const dir = project({ 'template.yaml': TWO('  # */ hostile comment'), 'src/hello.mjs': HELLO, '.gitignore': 'node_modules' })
    const first = eventfuzz(dir, 'init')
    expect(first.status, first.stderr).to.equal(0)
    expect(first.stdout).to.match(/^found 2 functions, 2 triggers/)
    for (const name of ['eventfuzz.config.mjs', 'eventfuzz.baseline.json', '.github/workflows/eventfuzz.yml', '.gitignore'])
      expect(first.stdout).to.include(`wrote ${name}`)
    expect(readFileSync(path.join(dir, '.gitignore'), 'utf8')).to.equal('node_modules\n.eventfuzz/\n')
    writeFileSync(path.join(dir, 'eventfuzz.baseline.json'), '{"findings":[]}')
    expect(eventfuzz(dir, 'init').stdout).to.include('kept  eventfuzz.baseline.json').and.to.not.include('wrote')
    expect(eventfuzz(dir, 'list').status, 'the configuration it wrote is one').to.equal(0)
  })

  it('gets a stub for a host whose answers were made up', () => {
    const dir = project({
      'template.yaml': TWO(),
      'src/hello.mjs': HELLO,
      '.eventfuzz/last/report.json': JSON.stringify({
        targets: [
          {
            id: 'Hello',
            status: 'tested',
            missing: [
              { kind: 'host', name: 'api.partner.example' },
              { kind: 'host', name: 'hosts that events name' },
            ],
          },
        ],
      }),
    })
    expect(eventfuzz(dir, 'init').status).to.equal(0)
    expect(readFileSync(path.join(dir, 'eventfuzz.config.mjs'), 'utf8').replace(/\s+/g, ' ')).to.include(
      '"Hello": { "http": [ { "host": "api.partner.example", "status": 200, "body": {} } ] },',
    )
    expect(eventfuzz(dir, 'list').status, 'the configuration it wrote is one').to.equal(0)
  })

  thorough('gets a stub for everything that a function missed in the last run', () => {
    const dir = project({
      'template.yaml': TWO().replace('!Ref Stage', 'x'),
      'src/hello.mjs': `export const handler = async () => { throw new Error('set ' + process.env.API_KEY) }`,
    })
    expect(fuzzed(dir, '--runs', '30').status).to.equal(3)
    expect(eventfuzz(dir, 'init').status).to.equal(0)
    expect(readFileSync(path.join(dir, 'eventfuzz.config.mjs'), 'utf8')).to.match(
      /"Hello": \{\s+"environment": \{\s+"API_KEY": ""/,
    )
    expect(eventfuzz(dir, 'list').status).to.equal(0)
  })

  it('does not count what the baseline accepts, until that expires', () => {
    const dir = project({ 'template.yaml': QUEUE(''), 'worker.mjs': WORKER })
    const { report } = fuzzed(dir, '--runs', '30')
    const accept = (expires: string) =>
      writeFileSync(
        path.join(dir, 'baseline.json'),
        JSON.stringify({
          findings: report.findings.map(({ fingerprint }) => ({
            fingerprint: fingerprint.slice(0, 16),
            reason: 'known',
            owner: 'us',
            expires,
          })),
        }),
      )
    accept('2999-01-01')
    const accepted = fuzzed(dir, '--runs', '30', '--baseline', 'baseline.json')
    expect(accepted.status, accepted.stderr).to.equal(0)
    expect(accepted.report.findings.map(({ status, suppression }) => `${status} ${suppression?.state}`)).to.include(
      'existing accepted',
    )
    accept('2020-01-01')
    expect(fuzzed(dir, '--runs', '30', '--baseline', 'baseline.json').status).to.equal(1)
    writeFileSync(path.join(dir, 'baseline.json'), '{"findings":[{"fingerprint":"abcdef0123456789"}]}')
    const wrong = eventfuzz(dir, 'fuzz', '--runs', '20', '--baseline', 'baseline.json')
    expect(wrong.status).to.equal(2)
    expect(wrong.stderr).to.match(/baseline\.json is wrong at \/findings\/0: .*'reason'/)
  })

  it('lends the stub its tables: an item is found by the key that the template gives', () => {
    const dir = mkdtempSync(path.join(ROOT, 'dist-test/tables-')) // Below the repository: the AWS client is there.
    const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Carts: { Type: AWS::DynamoDB::Table, Properties: { TableName: carts, KeySchema: [{ AttributeName: owner, KeyType: HASH }] } }
  Cart:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: cart.handler, Runtime: nodejs22.x, Events: { Get: { Type: HttpApi, Properties: { Method: get, Path: /cart } } } }
`
    const code = `import { DynamoDBClient, DescribeTableCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
      const db = new DynamoDBClient({})
      const put = (n) => db.send(new PutItemCommand({ TableName: 'carts', Item: { owner: { S: 'me' }, n: { N: n } } }))
      export const handler = async () => {
        const { Table } = await db.send(new DescribeTableCommand({ TableName: 'carts' }))
        await put('1')
        await put('2')
        const { Items } = await db.send(new ScanCommand({ TableName: 'carts' }))
        if (Table.KeySchema[0].AttributeName !== 'owner' || Items.length !== 1) throw new Error('the stub forgot the key')
        return { statusCode: 200, body: '' }
      }`
    writeFileSync(path.join(dir, 'template.yaml'), template)
    writeFileSync(path.join(dir, 'cart.mjs'), code)
    const { status, report, stderr } = fuzzed(dir, '--runs', '40')
    expect(stderr).to.not.include('forgot')
    expect(status, stderr).to.equal(0)
    expect(report.targets[0]!.status).to.equal('tested')
    rmSync(dir, { recursive: true, force: true })
  })

  it('begins with captured events, and keeps their secrets to itself', () => {
    const seen = (events: string) => {
      const dir = project({
        'template.yaml': QUEUE(''),
        // Only who was captured knows the word that opens this.
        'worker.mjs': `import { execSync } from 'node:child_process'
          import { createHash } from 'node:crypto'
          export const handler = async ({ Records }) => { for (const { body } of Records) { const job = JSON.parse(body)
            if (createHash('sha256').update(String(job.type)).digest('hex') === '2ad945a5430f00fa44e90ef512f1a31c3c07a3fd7393c425a86d385e62b0577c' && job.version === 7) execSync('index ' + job.shard) } }`,
        'captured/Worker/one.json': JSON.stringify({
          Records: [
            {
              messageId: 'm',
              receiptHandle: 'r',
              body: JSON.stringify({ type: 'reindex', version: 7, shard: 's1', token: 'hunter2-secret' }),
              attributes: {},
              messageAttributes: {},
              md5OfBody: 'x',
              eventSource: 'aws:sqs',
              eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:orders',
              awsRegion: 'us-east-1',
            },
          ],
        }),
        'captured/broken.txt': 'not looked at',
      })
      const ran = fuzzed(dir, '--runs', '300', ...(events === '' ? [] : ['--seed-events', events]))
      expect(readFileSync(path.join(dir, '.eventfuzz/last/report.json'), 'utf8')).to.not.include('hunter2-secret')
      return ran.report.findings.map(({ rule }) => rule)
    }
    expect(seen('')).to.not.include('command-injection')
    expect(seen('captured')).to.include('command-injection')
  })

  it('refuses seed events that are none, by name', () => {
    const dir = project({
      'template.yaml': QUEUE(''),
      'worker.mjs': WORKER,
      'bad/x.json': '{',
      'odd/y.json': '{"hello":1}',
      'none/z.txt': '',
    })
    for (const [name, text] of [
      ['bad', /x\.json is not JSON/],
      ['odd', /y\.json is of none of apigw-v1/],
      ['none', /no \.json file/],
      ['nowhere', /cannot be read \(ENOENT\)/],
    ] as const) {
      const ran = eventfuzz(dir, 'fuzz', '--runs', '20', '--seed-events', name)
      expect(ran.status, ran.stderr).to.equal(2)
      expect(ran.stderr)
        .to.match(text)
        .and.to.match(/^[^\n]*\n$/)
    }
  })

  it('knows what triggers a file by its types, its properties, or by running it', () => {
    const dir = project({
      'typed.mjs': `/** @param {import('aws-lambda').SQSEvent} event */ export const handler = async (event) => undefined`,
      'named.mjs': `export const handler = async ({ Records }) => Records.map((record) => record.dynamodb.NewImage?.id)`,
      'read.mjs': `export const handler = async (event) => { if (!event['authorization' + 'Token']) throw new Error(); return { principalId: 'x', policyDocument: { Statement: [{}] } } }`,
      'silent.mjs': 'export const handler = async () => undefined',
    })
    for (const [file, source] of [
      ['typed.mjs', 'sqs (its event type)'],
      ['named.mjs', 'dynamodb-stream (the property NewImage or OldImage)'],
      ['read.mjs', 'authorizer-token (what it reads of an event)'],
    ] as const) {
      const ran = eventfuzz(dir, 'fuzz', file, '--runs', '30')
      expect(ran.stderr, file).to.include(`${file} is fuzzed as ${source}`)
    }
    const silent = eventfuzz(dir, 'fuzz', 'silent.mjs', '--runs', '30')
    expect(silent.status).to.equal(2)
    expect(silent.stderr).to.match(/Say what triggers silent\.mjs: --event/)
  })

  it('is listed as schemas/list.schema.json says', () => {
    const schema = JSON.parse(readFileSync(path.join(ROOT, 'schemas/list.schema.json'), 'utf8')) as object
    const check = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema)
    const dir = project({ 'template.yaml': TWO(), 'src/hello.mjs': HELLO, 'b/template.yaml': 'Resources: [AWS::Lambda::X\n' })
    for (const cwd of [dir, path.join(ROOT, 'examples/shop')])
      expect(check(JSON.parse(eventfuzz(cwd, 'list', '--json').stdout)), JSON.stringify(check.errors)).to.equal(true)
  })

  it('is the shop: every function is found with its routes, names and role', () => {
    const listed = JSON.parse(eventfuzz(path.join(ROOT, 'examples/shop'), 'list', '--json').stdout) as {
      functions: {
        id: string
        handler: string
        triggers: { kind: string; trigger: { routes?: string[] } }[]
        unresolved: string[]
      }[]
      problems: unknown[]
    }
    expect(listed.problems).to.deep.equal([])
    expect(
      listed.functions.map(({ id, handler, triggers }) => `${id} ${handler} ${triggers.map(({ kind }) => kind)}`),
    ).to.deep.equal([
      'OrdersApiFunction src/orders-api.mjs#handler apigw-v2',
      'ReportsApiFunction src/reports-api.mjs#handler apigw-v1',
      'ThumbnailsFunction src/thumbnails.mjs#handler s3',
      'OrderWorkerFunction src/order-worker.mjs#handler sqs',
      'NotificationsFunction src/notifications.mjs#handler sqs',
      'OrderStreamFunction src/order-stream.mjs#handler dynamodb-stream',
      'AuthorizerFunction src/authorizer.mjs#handler authorizer-token',
    ])
    expect(listed.functions.flatMap(({ unresolved }) => unresolved)).to.deep.equal([])
  })
})
