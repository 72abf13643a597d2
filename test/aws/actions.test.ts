import { expect } from 'chai'
import { neededActions } from '#src/aws/actions.js'
import { services } from '#src/aws/services/index.js'
import type { JsonObject } from '#src/model/index.js'

const place = { region: 'eu-west-1', account: '000000000000' }
const table = (name: string) => `arn:aws:dynamodb:eu-west-1:000000000000:table/${name}`
const inPhotos = { Bucket: 'photos', Key: 'k' }
const object = 'arn:aws:s3:::photos/k'

// operation, parameters, expected actions as `action resource` with `?` for those that may be needed
const CASES: readonly (readonly [string, JsonObject, readonly string[]])[] = [
  ['s3:GetObject', inPhotos, [`s3:GetObject ${object}`, '?s3:ListBucket arn:aws:s3:::photos']],
  [
    's3:GetObject',
    { ...inPhotos, VersionId: 'v' },
    [`s3:GetObjectVersion ${object}`, '?s3:ListBucketVersions arn:aws:s3:::photos'],
  ],
  ['s3:HeadObject', inPhotos, [`s3:GetObject ${object}`, '?s3:ListBucket arn:aws:s3:::photos']],
  [
    's3:PutObject',
    { ...inPhotos, Tagging: 'a=b', ACL: 'public-read' },
    [`s3:PutObject ${object}`, `s3:PutObjectTagging ${object}`, `s3:PutObjectAcl ${object}`],
  ],
  ['s3:PutObject', { ...inPhotos, SSEKMSKeyId: 'key' }, [`s3:PutObject ${object}`, '?kms:GenerateDataKey key']],
  [
    's3:CopyObject',
    { ...inPhotos, CopySource: '/from/a%20b' },
    [
      's3:GetObject arn:aws:s3:::from/a b',
      '?s3:GetObjectTagging arn:aws:s3:::from/a b',
      `?s3:PutObjectTagging ${object}`,
      `s3:PutObject ${object}`,
    ],
  ],
  [
    's3:CopyObject',
    { ...inPhotos, CopySource: 'from/a?versionId=1', TaggingDirective: 'REPLACE' },
    ['s3:GetObjectVersion arn:aws:s3:::from/a', `s3:PutObject ${object}`],
  ],
  [
    's3:DeleteObjects',
    { Bucket: 'photos', Delete: { Objects: [{ Key: 'k' }, { Key: 'l', VersionId: '1' }] } },
    [`s3:DeleteObject ${object}`, 's3:DeleteObjectVersion arn:aws:s3:::photos/l'],
  ],
  ['s3:ListObjectsV2', { Bucket: 'photos', Prefix: 'x/' }, ['s3:ListBucket arn:aws:s3:::photos']],
  ['s3:HeadBucket', { Bucket: 'photos' }, ['s3:ListBucket arn:aws:s3:::photos']],
  ['s3:ListBuckets', {}, ['s3:ListAllMyBuckets *']],
  ['s3:UploadPart', inPhotos, [`s3:PutObject ${object}`]],
  ['s3:AbortMultipartUpload', inPhotos, [`s3:AbortMultipartUpload ${object}`]],
  ['s3:PutObjectTagging', inPhotos, [`s3:PutObjectTagging ${object}`]],
  ['dynamodb:Query', { TableName: 't', IndexName: 'i' }, [`dynamodb:Query ${table('t')}/index/i`]],
  [
    'dynamodb:BatchGetItem',
    { RequestItems: { a: {}, b: {} } },
    [`dynamodb:BatchGetItem ${table('a')}`, `dynamodb:BatchGetItem ${table('b')}`],
  ],
  [
    'dynamodb:TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName: 't' } },
        { Delete: { TableName: 'u' } },
        { ConditionCheck: { TableName: 't' } },
        { Put: { TableName: 't' } },
      ],
    },
    [`dynamodb:PutItem ${table('t')}`, `dynamodb:DeleteItem ${table('u')}`, `dynamodb:ConditionCheckItem ${table('t')}`],
  ],
  ['dynamodb:TransactGetItems', { TransactItems: [{ Get: { TableName: 't' } }] }, [`dynamodb:GetItem ${table('t')}`]],
  [
    'dynamodb:ExecuteStatement',
    { Statement: ' select * from "t"."i" where a=1' },
    [`dynamodb:PartiQLSelect ${table('t')}/index/i`],
  ],
  ['dynamodb:ExecuteStatement', { Statement: `INSERT INTO t VALUE {'a':1}` }, [`dynamodb:PartiQLInsert ${table('t')}`]],
  ['dynamodb:ExecuteStatement', { Statement: 'nonsense' }, ['dynamodb:ExecuteStatement *']],
  [
    'dynamodb:BatchExecuteStatement',
    { Statements: [{ Statement: 'UPDATE t SET a=1' }, { Statement: 'DELETE FROM t' }] },
    [`dynamodb:PartiQLUpdate ${table('t')}`, `dynamodb:PartiQLDelete ${table('t')}`],
  ],
  [
    'sqs:SendMessageBatch',
    { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/q' },
    ['sqs:SendMessage arn:aws:sqs:eu-west-1:111122223333:q'],
  ],
  [
    'sns:PublishBatch',
    { TopicArn: 'arn:aws:sns:eu-west-1:000000000000:t' },
    ['sns:Publish arn:aws:sns:eu-west-1:000000000000:t'],
  ],
  ['sns:Publish', { PhoneNumber: '+15550100' }, ['sns:Publish *']],
  [
    'ses:SendEmail',
    { Source: 'A <a@example.invalid>' },
    ['ses:SendEmail arn:aws:ses:eu-west-1:000000000000:identity/a@example.invalid'],
  ],
  [
    'rds-data:ExecuteStatement',
    { resourceArn: 'arn:c', secretArn: 'arn:s' },
    ['rds-data:ExecuteStatement arn:c', 'secretsmanager:GetSecretValue arn:s'],
  ],
  [
    'athena:StartQueryExecution',
    { WorkGroup: 'w' },
    ['athena:StartQueryExecution arn:aws:athena:eu-west-1:000000000000:workgroup/w'],
  ],
  ['sts:GetCallerIdentity', {}, ['sts:GetCallerIdentity *']],
  ['lambda:Invoke', {}, ['lambda:InvokeFunction *']],
  ['kms:Decrypt', {}, ['kms:Decrypt *']],
  ['unknown:unknown', {}, ['unknown:unknown *']],
]

describe('neededActions', () => {
  for (const [name, params, expected] of CASES) {
    it(`${name} ${JSON.stringify(params)}`, () => {
      const [service = '', operation = ''] = name.split(':')
      const resources = services.find((s) => s.service === service)?.resources(operation, params, place) ?? []
      const needed = neededActions({ service, operation, region: place.region, params, resources }, place.account)
      // What may stand behind a call (a key, a catalogue) is held by test/aws/needed.
      const shown = needed.filter(({ certainty, resource: on }) => certainty !== 'may' || on !== '*')
      expect(
        shown.map(({ action, resource, certainty }) => `${certainty === 'may' ? '?' : ''}${action} ${resource}`),
      ).to.deep.equal(expected)
    })
  }
})
