// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of serverless.yml.
import { expect } from 'chai'
import fc from 'fast-check'
import { serverless } from '#src/project/serverless.js'
import { functionOf, project, readAll, triggersOf } from './reading.js'

const read = (files: Readonly<Record<string, string>>, parameters: Record<string, string> = {}) =>
  readAll(serverless, project(files), parameters)

const HEAD = 'service: shop\nprovider: { name: aws, runtime: nodejs20.x }\n'

describe('serverless.yml: functions', () => {
  it('takes defaults from serverless, then the provider, then the function', async () => {
    const part = await read({
      'serverless.yml': `service: shop
provider: { name: aws, runtime: nodejs18.x, memorySize: 512, environment: { A: one, B: 2 }, stage: test }
functions:
  first: { handler: src/first.handler }
  second-one:
    handler: a.b
    name: other
    runtime: nodejs20.x
    timeout: 30
    memorySize: 256
    environment: { B: mine, C: null }
`,
    })
    const first = functionOf(part, 'first')
    expect(first).to.include({ name: 'shop-test-first', handler: 'src/first.handler', runtime: 'nodejs18.x', code: '.' })
    expect(first).to.include({ timeoutMs: 6000, memoryMb: 512 })
    expect(first.environment).to.deep.equal({ A: 'one', B: '2' })
    expect(first.at).to.deep.equal({ file: 'serverless.yml', line: 4 })
    const second = functionOf(part, 'second-one')
    expect(second).to.include({ name: 'other', runtime: 'nodejs20.x', timeoutMs: 30_000, memoryMb: 256 })
    expect(second.environment).to.deep.equal({ A: 'one', B: 'mine' })
    expect(triggersOf(second)).to.deep.equal(['direct {}'])
    expect(part.problems).to.deep.equal([])
  })

  it('reads functions from a list of files, and says which file they are from', async () => {
    const part = await read({
      'app/serverless.yml': `${HEAD}functions:\n  - \${file(functions/a.yml)}\n  - b: { handler: b.handler }\n`,
      'app/functions/a.yml': 'a:\n  handler: a.handler\n  events:\n    - http: GET /a\n',
    })
    const a = functionOf(part, 'a')
    expect(a).to.include({ code: 'app', handler: 'a.handler' })
    expect(a.at).to.deep.equal({ file: 'app/functions/a.yml', line: 1 })
    expect(a.triggers[0]?.at).to.deep.equal({ file: 'app/functions/a.yml', line: 4 })
    functionOf(part, 'b')
  })

  it('reads serverless.yaml and serverless.json, one of them', async () => {
    const json = JSON.stringify({
      service: 's',
      provider: 'aws',
      functions: { f: { handler: 'f.h', events: [{ sqs: 'arn:aws:sqs:a:1:q' }] } },
    })
    functionOf(await read({ 'serverless.json': json }), 'f')
    expect(
      (await read({ 'serverless.json': json, 'serverless.yaml': `${HEAD}functions: { g: { handler: g.h } }` })).functions.map(
        ({ id }) => id,
      ),
    ).to.deep.equal(['g'])
  })

  it('never runs a program, and says so', async () => {
    for (const name of ['serverless.ts', 'serverless.js']) {
      const { functions, problems } = await read({ [name]: 'process.exit(1); export default { service: 1, provider: 2 }' })
      expect(functions).to.deep.equal([])
      expect(problems[0]?.file).to.equal(name)
      expect(problems[0]?.text).to.match(/it is a program; package it/)
    }
  })

  it('has a function URL, layers of the project, destinations and a dead letter queue', async () => {
    const part = await read({
      'serverless.yml': `${HEAD}layers:
  tools: { path: layers/tools }
functions:
  a:
    handler: a.h
    url: { authorizer: aws_iam }
    layers: [!Ref ToolsLambdaLayer, arn:aws:lambda:us-east-1:1:layer:x:1]
    onError: arn:aws:sns:us-east-1:1:failed
    destinations: { onSuccess: b, onFailure: { type: sqs, arn: arn:aws:sqs:us-east-1:1:lost } }
  b: { handler: b.h }
`,
      'layers/tools/nodejs/x.js': '',
    })
    const a = functionOf(part, 'a')
    expect(triggersOf(a)).to.deep.equal(['function-url {"authorizer":"iam"}'])
    expect(a.layers).to.deep.equal(['layers/tools'])
    expect(a.destinations).to.have.members([
      'arn:aws:sns:us-east-1:1:failed',
      'arn:aws:sqs:us-east-1:1:lost',
      'arn:aws:lambda:us-east-1:000000000000:function:shop-dev-b',
    ])
  })

  it('gives the function that authorizes its own trigger', async () => {
    const part = await read({
      'serverless.yml': `${HEAD}functions:
  api:
    handler: a.h
    events:
      - http: { path: a, method: get, authorizer: { name: byToken } }
      - http: { path: b, method: get, authorizer: { arn: !GetAtt ByRequestLambdaFunction.Arn, type: request, name: other } }
  byToken: { handler: t.h }
  byRequest: { handler: r.h }
`,
    })
    expect(triggersOf(functionOf(part, 'byToken'))).to.deep.equal(['authorizer-token {}'])
    expect(triggersOf(functionOf(part, 'byRequest'))).to.deep.equal(['authorizer-request {"payloadFormat":"1.0"}'])
  })

  it('finds the functions of state machines', async () => {
    const part = await read({
      'serverless.yml': `${HEAD}functions:
  step: { handler: s.h }
stepFunctions:
  stateMachines:
    flow:
      definition:
        StartAt: One
        States:
          One: { Type: Task, Resource: !GetAtt step.Arn, End: true }
`,
    })
    expect(triggersOf(functionOf(part, 'step'))).to.deep.equal(['step-functions {}'])
  })

  it('calls what it does not know by its name, and says so', async () => {
    const part = await read({
      'serverless.yml': `${HEAD}functions:\n  f:\n    handler: f.h\n    events:\n      - carrierPigeon: { a: 1 }\n`,
    })
    const f = functionOf(part, 'f')
    expect(triggersOf(f)).to.deep.equal(['carrierpigeon {}'])
    expect(f.unresolved).to.deep.equal(['event carrierPigeon is not understood'])
  })

  it('leaves out what is not of AWS', async () => {
    const { functions, problems } = await read({
      'serverless.yml': 'service: g\nprovider: google\nfunctions: { f: { handler: f } }',
    })
    expect(functions).to.deep.equal([])
    expect(problems[0]?.text).to.contain('google')
  })

  it('knows tables, queues and buckets of resources, also from files', async () => {
    const part = await read({
      'serverless.yml': `${HEAD}functions: { f: { handler: f.h } }\nresources:\n  - \${file(res.yml)}\n  - Resources: { Q: { Type: AWS::SQS::Queue } }\n`,
      'res.yml': 'Resources:\n  T:\n    Type: AWS::DynamoDB::Table\n    Properties: { TableName: "t-${sls:stage}" }\n',
    })
    expect(part.resources.map(({ id, type }) => `${id} ${type}`)).to.deep.equal(['T AWS::DynamoDB::Table', 'Q AWS::SQS::Queue'])
    expect(part.resources[0]?.name).to.equal('t-dev')
  })
})

describe('serverless.yml: names', () => {
  it('has none where the service has none, and knows the pseudo parameters of the plugin', async () => {
    const part = await read({
      'serverless.yml':
        "service: ${file(nowhere.json):name}\nprovider: aws\nfunctions: { f: { handler: f.h, environment: { A: 'x-#{AWS::Region}-#{AWS::AccountId}' } } }\n",
    })
    const f = functionOf(part, 'f')
    expect(f.name).to.equal(null)
    expect(f.environment).to.deep.equal({ A: 'x-us-east-1-000000000000' })
  })
})

describe('serverless.yml: roles', () => {
  const TABLE =
    'resources:\n  Resources:\n    T: { Type: AWS::DynamoDB::Table, Properties: { TableName: t } }\n    R:\n      Type: AWS::IAM::Role\n      Properties:\n        Policies: [{ PolicyName: own, PolicyDocument: { Statement: [{ Effect: Allow, Action: s3:GetObject, Resource: "*" }] } }]\n'
  const actionsOf = (part: Awaited<ReturnType<typeof read>>, id: string): string[] =>
    (functionOf(part, id).role?.policies ?? [])
      .flatMap(({ document }) =>
        (document as { Statement: { Action: string | string[] }[] }).Statement.flatMap(({ Action }) => Action),
      )
      .filter((action) => !action.startsWith('logs:'))

  for (const [name, provider] of [
    [
      'provider.iam.role.statements',
      'iam: { role: { statements: [{ Effect: Allow, Action: [dynamodb:GetItem], Resource: !GetAtt T.Arn }], managedPolicies: [arn:aws:iam::aws:policy/X] } }',
    ],
    [
      'provider.iamRoleStatements',
      'iamManagedPolicies: [arn:aws:iam::aws:policy/X], iamRoleStatements: [{ Effect: Allow, Action: [dynamodb:GetItem], Resource: !GetAtt T.Arn }]',
    ],
  ] as const)
    it(`${name} makes one role for all`, async () => {
      const part = await read({
        'serverless.yml': `service: s\nprovider: { name: aws, ${provider} }\nfunctions: { f: { handler: f.h }, g: { handler: g.h } }\n${TABLE}`,
      })
      expect(actionsOf(part, 'f')).to.deep.equal(['dynamodb:GetItem'])
      expect(JSON.stringify(functionOf(part, 'f').role)).to.contain('arn:aws:dynamodb:us-east-1:000000000000:table/t"')
      expect(functionOf(part, 'f').role?.managed).to.deep.equal(['arn:aws:iam::aws:policy/X'])
      expect(functionOf(part, 'g').role?.name).to.equal(functionOf(part, 'f').role?.name)
    })

  it('adds what serverless adds for logs, queues and streams', async () => {
    const part = await read({
      'serverless.yml': `${HEAD}functions:\n  f:\n    handler: f.h\n    events:\n      - sqs: arn:aws:sqs:us-east-1:1:q\n      - stream: arn:aws:dynamodb:us-east-1:1:table/t/stream/x\n      - websocket: $connect\n      - activemq: { arn: b, queue: q, basicAuthArn: s }\n    onError: arn:aws:sns:us-east-1:1:t\n    destinations: { onSuccess: g }\n  g: { handler: g.h }\n`,
    })
    expect(actionsOf(part, 'f')).to.include.members([
      'sqs:ReceiveMessage',
      'dynamodb:GetRecords',
      'sns:Publish',
      'lambda:InvokeFunction',
      'execute-api:ManageConnections',
      'mq:DescribeBroker',
      'secretsmanager:GetSecretValue',
    ])
  })

  it('gives functions roles of their own with serverless-iam-roles-per-function, inherited or not', async () => {
    const part = await read({
      'serverless.yml': `service: s
provider: { name: aws, iamRoleStatements: [{ Effect: Allow, Action: a:Shared, Resource: '*' }] }
functions:
  f:
    handler: f.h
    iamRoleStatements:
      - { Effect: Allow, Action: a:Own, Resource: '*' }
  g: { handler: g.h, iamRoleStatementsInherit: true, iamRoleStatements: [{ Effect: Allow, Action: a:Other, Resource: '*' }] }
  h: { handler: h.h }
`,
    })
    expect(actionsOf(part, 'f')).to.deep.equal(['a:Own'])
    expect(actionsOf(part, 'g')).to.deep.equal(['a:Shared', 'a:Other'])
    expect(actionsOf(part, 'h')).to.deep.equal(['a:Shared'])
    expect(functionOf(part, 'f').role?.policies[0]?.at).to.deep.equal({ file: 'serverless.yml', line: 6 })
  })

  it('follows role: to a role of the service, and names one from elsewhere', async () => {
    const part = await read({
      'serverless.yml': `${HEAD}functions:\n  f: { handler: f.h, role: R }\n  g: { handler: g.h, role: 'arn:aws:iam::1:role/x' }\n${TABLE}`,
    })
    expect(actionsOf(part, 'f')).to.deep.equal(['s3:GetObject'])
    expect(functionOf(part, 'g').role?.name ?? 'none').to.match(/x|none/)
  })
})

describe('serverless.yml: what was packaged', () => {
  const PACKAGED = JSON.stringify({
    Resources: {
      HelloLambdaFunction: {
        Type: 'AWS::Lambda::Function',
        Properties: { Handler: 'src/hello.handler', Runtime: 'nodejs20.x', FunctionName: 'n' },
      },
      Map: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          FunctionName: { 'Fn::GetAtt': ['HelloLambdaFunction', 'Arn'] },
          EventSourceArn: 'arn:aws:sqs:us-east-1:1:q',
        },
      },
    },
  })
  const TEMPLATE = '.serverless/cloudformation-template-update-stack.json'

  it('is read instead, with the keys and lines of the service', async () => {
    const part = await read({
      'serverless.yml': `${HEAD}functions:\n  hello: { handler: src/hello.handler }\n  later: { handler: l.h }\n`,
      [TEMPLATE]: PACKAGED,
    })
    const hello = functionOf(part, 'hello')
    expect(hello).to.include({ name: 'n', code: '.' })
    expect(hello.at).to.deep.equal({ file: 'serverless.yml', line: 4 })
    expect(hello.triggers.map(({ kind }) => kind)).to.deep.equal(['sqs'])
    functionOf(part, 'later')
    expect(part.problems.map(({ line, text }) => `${line} ${text}`)).to.deep.equal([
      `5 function later is not in ${TEMPLATE}: package the service again`,
    ])
  })

  it('is all there is of a program', async () => {
    const part = await read({ 'serverless.ts': 'throw { service, provider }', [TEMPLATE]: PACKAGED })
    expect(functionOf(part, 'HelloLambdaFunction').code).to.equal('.')
    expect(part.problems).to.deep.equal([])
  })
})

describe('serverless.yml: hostile', () => {
  it('says the line of a syntax error', async () => {
    const { problems } = await read({ 'serverless.yml': 'service: a\nfunctions:\n  f: [\n' })
    expect(problems).to.have.lengthOf(1)
    expect(problems[0]?.line).to.be.greaterThan(1)
  })

  it('reads the rest when a file is missing, outside, or broken', async () => {
    const part = await read({
      'serverless.yml': `${HEAD}functions:\n  - \${file(nowhere.yml)}\n  - \${file(../../../etc/passwd)}\n  - \${file(bad.yml)}\n  - \${file(x.js)}\n  - f: { handler: f.h }\n`,
      'bad.yml': 'a: [\n',
      'x.js': 'process.exit(3)',
    })
    functionOf(part, 'f')
    expect(part.problems.map(({ text }) => text).join('\n')).to.match(/nowhere\.yml[\s\S]*outside the project[\s\S]*program/)
  })

  it('does not follow a circle', async () => {
    const part = await read({
      'serverless.yml': `${HEAD}custom: { a: "\${self:custom.b}", b: "\${self:custom.a}" }\nfunctions:\n  f: { handler: f.h, environment: { A: "\${self:custom.a}", B: ok } }\n`,
    })
    const f = functionOf(part, 'f')
    expect(f.environment).to.deep.equal({ B: 'ok' })
    expect(f.unresolved.join()).to.contain('leads back to itself')
  })

  it('stops when variables double each other', async () => {
    const lines = Array.from({ length: 60 }, (_, n) => `  a${n + 1}: "\${self:custom.a${n}}\${self:custom.a${n}}"`)
    const { problems } = await read({
      'serverless.yml': `${HEAD}custom:\n  a0: x\n${lines.join('\n')}\nfunctions:\n  f: { handler: f.h, description: "\${self:custom.a60}" }\n`,
    })
    expect(problems[0]?.text).to.match(/variables make/)
  })

  it('keeps hostile names as names', async () => {
    const part = await read({
      'serverless.yml': `${HEAD}functions:\n  __proto__: { handler: p.h }\n  constructor: { handler: c.h, events: [{ toString: 1 }, { __proto__: 2 }] }\n  "a\\nb": { handler: n.h }\n`,
    })
    expect(part.functions.map(({ handler }) => handler)).to.include.members(['c.h', 'n.h'])
    expect(({} as { handler?: string }).handler).to.equal(undefined)
  })

  it('never throws, whatever the file holds', async () => {
    const word = fc.constantFrom(
      'functions',
      'provider',
      'name',
      'aws',
      'events',
      'http',
      'sqs',
      'arn',
      '${self:}',
      '${self:functions}',
      '${file(serverless.yml)}',
      '${opt:x, ${self:a}}',
      '${',
      'handler',
      'stream',
      'Fn::GetAtt',
      '__proto__',
    )
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        word,
        fc.jsonValue(),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(word, tie('any'), { maxKeys: 4 }),
      ),
    })).any
    const root = project({ 'serverless.json': '{}' })
    const { writeFileSync } = await import('node:fs')
    await fc.assert(
      fc.asyncProperty(fc.dictionary(word, value), value, async (top, functions) => {
        writeFileSync(`${root}/serverless.json`, JSON.stringify({ service: 's', provider: 'aws', functions, ...top }))
        const part = await serverless.read('serverless.json', { root, parameters: {} })
        expect(part.functions).to.be.an('array')
      }),
      { numRuns: 300 },
    )
  })
})
