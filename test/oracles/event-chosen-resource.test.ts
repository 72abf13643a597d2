import { expect } from 'chai'
import type { Case, JsonObject } from '#src/model/index.js'
import { eventChosenResource } from '#src/oracles/event-chosen-resource.js'
import { effect, HEAD, trial } from './trial-maker.js'

const judged = (service: string, operation: string, params: JsonObject, changes: Partial<Case> = {}) => [
  ...eventChosenResource.judge(
    trial({
      case: { injection: null, stage: 'valid', ...changes },
      effects: [effect('aws', { service, operation, params, api: `${service}:${operation}` })],
    }),
  ),
]

describe('event-chosen-resource', () => {
  const rows: readonly (readonly [string, string, string, JsonObject, severity: string | undefined])[] = [
    ['a table', 'dynamodb', 'GetItem', { TableName: HEAD }, 'high'],
    ['a part of a table’s name', 'dynamodb', 'GetItem', { TableName: `tenant-${HEAD}` }, 'medium'],
    ['a table of a batch', 'dynamodb', 'BatchGetItem', { RequestItems: { [HEAD]: { Keys: [] } } }, 'high'],
    ['a table of a transaction', 'dynamodb', 'TransactWriteItems', { TransactItems: [{ Put: { TableName: HEAD } }] }, 'high'],
    ['a bucket', 's3', 'GetObject', { Bucket: HEAD, Key: 'a' }, 'high'],
    ['a queue', 'sqs', 'SendMessage', { QueueUrl: `https://sqs.us-east-1.amazonaws.com/1/${HEAD}`, MessageBody: 'x' }, 'medium'],
    ['a function', 'lambda', 'Invoke', { FunctionName: HEAD }, 'high'],
    ['a secret', 'secretsmanager', 'GetSecretValue', { SecretId: `app/${HEAD}` }, 'medium'],
    ['a whole object key that is written', 's3', 'PutObject', { Bucket: 'b', Key: HEAD }, 'medium'],
    ['an object key below a prefix', 's3', 'PutObject', { Bucket: 'b', Key: `u/${HEAD}` }, undefined],
    ['a key that is read', 's3', 'GetObject', { Bucket: 'b', Key: HEAD }, undefined],
    ['a key of an item', 'dynamodb', 'GetItem', { TableName: 't', Key: { id: { S: HEAD } } }, undefined],
    ['the text of a message', 'sqs', 'SendMessage', { QueueUrl: 'q', MessageBody: HEAD }, undefined],
    ['a service without names of ours', 'polly', 'SynthesizeSpeech', { TableName: HEAD }, undefined],
  ]
  for (const [name, service, operation, params, severity] of rows) {
    it(`${severity === undefined ? 'is silent at' : `says ${severity} to`} ${name}`, () => {
      expect(judged(service, operation, params).map((verdict) => verdict.severity)).to.deep.equal(
        severity === undefined ? [] : [severity],
      )
    })
  }

  it('is silent where the owner or the service sets the field, and at payloads', () => {
    const params = { TableName: HEAD }
    const canaries = trial({}).case.canaries.map((one) => ({ ...one, point: { ...one.point, control: 'service' as const } }))
    expect(judged('dynamodb', 'GetItem', params, { canaries })).to.deep.equal([])
    expect(judged('dynamodb', 'GetItem', params, { injection: trial({}).case.injection })).to.deep.equal([])
  })

  it('lets a notification of S3 that is handed on name its bucket', () => {
    const at = (wire: string, contract: Case['contract']) => {
      const canaries = trial({}).case.canaries.map((one) => ({ ...one, point: { ...one.point, wire } }))
      return judged('s3', 'GetObject', { Bucket: HEAD, Key: 'a' }, { canaries, contract }).length
    }
    expect(at('/messages/0/body/value/Records/0/s3/bucket/name', 'batch')).to.equal(0)
    expect(at('/messages/0/body/value/bucket', 'batch')).to.equal(1)
    expect(at('/body/value/Records/0/s3/bucket/name', 'proxy-v2')).to.equal(1)
  })

  it('lets an event about an object name its key', () => {
    expect(judged('s3', 'DeleteObject', { Bucket: 'b', Key: HEAD }, { contract: 'async' })).to.deep.equal([])
  })
})
