import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { expect } from 'chai'
import { invent } from '#src/aws/models/invent.js'
import { modelsOf, serviceModels } from '#src/aws/models/model.js'
import { resourcesOf } from '#src/aws/models/resources.js'
import { type Structure, unpackShapes } from '#src/aws/models/shapes.js'
import type { JsonObject } from '#src/model/index.js'

const place = { region: 'eu-west-1', account: '000000000000' }

const answerTo = (service: string, operation: string, params: JsonObject = {}): JsonObject => {
  const api = modelsOf(service)
    .map((model) => model.operation(operation))
    .find((found) => found !== undefined)!
  return invent({ service, api, params, place })
}

describe('the models of AWS services', () => {
  it('are what the installed SDK clients say', function () {
    this.timeout(30_000)
    const { status, stdout } = spawnSync(process.execPath, ['scripts/build-aws-models.mjs', '--check'], { encoding: 'utf8' })
    expect(status, stdout).to.equal(0)
  })

  it('are opened one service at a time', () => {
    const started = performance.now()
    modelsOf('translate')[0]!.operation('TranslateText')
    expect(performance.now() - started).to.be.lessThan(250)
    expect(serviceModels().length).to.be.at.least(28)
    expect(serviceModels().find(({ id }) => id === 'SESv2')).to.include({
      service: 'ses',
      endpoint: 'email',
      protocol: 'rest-json',
    })
  })

  it('know no operation by a name of Object.prototype', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) expect(modelsOf('kms')[0]!.operation(name)).to.equal(undefined)
  })

  it('may hold themselves', () => {
    const shapeOf = unpackShapes([['s', 'Tree', [['Left', 0]]]])
    const tree = shapeOf(0) as Structure
    expect(tree.members[0]!.shape).to.equal(tree)
  })
})

describe('an invented answer', () => {
  it('is the same for the same question', () => {
    expect(answerTo('ec2', 'DescribeInstances')).to.deep.equal(answerTo('ec2', 'DescribeInstances'))
  })

  it('speaks of what the question names', () => {
    expect(answerTo('lambda', 'GetFunctionConfiguration', { FunctionName: 'f' })).to.include({
      FunctionName: 'f',
      State: 'Active',
    })
    expect(answerTo('ssm', 'GetParameters', { Names: ['/a', '/b'] }).Parameters).to.have.lengthOf(2)
  })

  it('has one thing of each kind where something is described, and nothing to drain', () => {
    expect(answerTo('ecs', 'DescribeClusters').clusters).to.have.lengthOf(1)
    expect(answerTo('logs', 'FilterLogEvents').events).to.deep.equal([])
    expect(answerTo('kinesis', 'GetRecords')).to.deep.include({ Records: [] }).and.to.not.have.property('NextShardIterator')
  })

  it('never asks for a further page, in any operation of any service', () => {
    const asks = serviceModels().flatMap((model) =>
      model.operationNames.filter((name) => {
        const answer = invent({ service: model.service, api: model.operation(name)!, params: {}, place })
        return Object.entries(answer).some(
          ([member, value]) =>
            /^next.*(?:token|marker)$|^nextpage|lastevaluated/i.test(member) ||
            (/truncated|hasmore/i.test(member) && value === true),
        )
      }),
    )
    expect(asks).to.deep.equal([])
  })

  it('has states in which a function carries on', () => {
    const state = (answer: JsonObject): string => JSON.stringify(answer)
    expect(state(answerTo('states', 'DescribeExecution'))).to.include('"status":"SUCCEEDED"')
    expect(state(answerTo('cloudformation', 'DescribeStacks'))).to.include('"StackStatus":"CREATE_COMPLETE"')
    expect(state(answerTo('ec2', 'DescribeInstances'))).to.include('"Name":"running"')
  })

  it('decrypts what it has encrypted', () => {
    const { CiphertextBlob } = answerTo('kms', 'Encrypt', { KeyId: 'k', Plaintext: 'c2VjcmV0' })
    expect(answerTo('kms', 'Decrypt', { CiphertextBlob: CiphertextBlob! })).to.include({ Plaintext: 'c2VjcmV0' })
  })

  it('gives credentials that are good for long', () => {
    const { Credentials, AssumedRoleUser } = answerTo('sts', 'AssumeRole', {
      RoleArn: 'arn:aws:iam::000000000000:role/r',
      RoleSessionName: 's',
    })
    expect((Credentials as JsonObject).Expiration).to.be.greaterThan(Date.now() / 1000 + 1e9)
    expect(AssumedRoleUser).to.include({ Arn: 'arn:aws:sts::000000000000:assumed-role/r/s' })
  })

  it('answers each entry of a batch', () => {
    expect(answerTo('events', 'PutEvents', { Entries: [{}, {}] }))
      .to.include({ FailedEntryCount: 0 })
      .and.to.have.property('Entries')
      .with.lengthOf(2)
  })
})

const RESOURCES: readonly (readonly [string, string, JsonObject, readonly string[]])[] = [
  ['lambda', 'Invoke', { FunctionName: 'f:live' }, ['arn:aws:lambda:eu-west-1:000000000000:function:f:live']],
  ['lambda', 'Invoke', { FunctionName: '000000000000:function:f' }, ['arn:aws:lambda:eu-west-1:000000000000:function:f']],
  ['kms', 'Decrypt', { KeyId: 'alias/a' }, ['arn:aws:kms:eu-west-1:000000000000:alias/a']],
  ['kms', 'Encrypt', { KeyId: '1-2' }, ['arn:aws:kms:eu-west-1:000000000000:key/1-2']],
  ['secretsmanager', 'GetSecretValue', { SecretId: 's' }, ['arn:aws:secretsmanager:eu-west-1:000000000000:secret:s']],
  [
    'ssm',
    'GetParameters',
    { Names: ['/a/b', 'c'] },
    ['arn:aws:ssm:eu-west-1:000000000000:parameter/a/b', 'arn:aws:ssm:eu-west-1:000000000000:parameter/c'],
  ],
  ['ssm', 'DescribeAssociation', { Name: 'x' }, []],
  [
    'events',
    'PutEvents',
    { Entries: [{}, { EventBusName: 'b' }] },
    ['arn:aws:events:eu-west-1:000000000000:event-bus/default', 'arn:aws:events:eu-west-1:000000000000:event-bus/b'],
  ],
  [
    'states',
    'StartExecution',
    { stateMachineArn: 'arn:aws:states:eu-west-1:0:stateMachine:m' },
    ['arn:aws:states:eu-west-1:0:stateMachine:m'],
  ],
  ['iam', 'GetRole', { RoleName: 'r' }, ['arn:aws:iam::000000000000:role/r']],
  ['bedrock', 'InvokeModel', { modelId: 'm' }, ['arn:aws:bedrock:eu-west-1::foundation-model/m']],
  ['kms', 'Decrypt', { KeyId: 7, __proto__: { KeyId: 'inherited' } }, []],
]

describe('resources that parameters name', () => {
  for (const [service, operation, params, expected] of RESOURCES) {
    it(`${service}:${operation} ${JSON.stringify(params)}`, () =>
      expect(resourcesOf(service, operation, params, place)).to.deep.equal(expected))
  }
})
