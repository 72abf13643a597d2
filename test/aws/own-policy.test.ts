import { expect } from 'chai'
import { ownPolicy } from '#src/aws/own-policy.js'
import type { AwsRequest } from '#src/aws/request.js'
import { createTargetAws, respond } from '#src/aws/respond.js'
import type { AwsFixture, Json } from '#src/model/index.js'

const KEY = 'ASIA0123456789ABCDEF'
const MODULE = new URL('../../dist/iam/authorise.js', import.meta.url).href
const GET: AwsFixture = { service: 'dynamodb', operation: 'GetItem', answer: { Item: {} } }

/** The AWS of a function whose role has these statements. */
async function awsOf(...Statement: Json[]) {
  const policies = [{ name: 'p', document: { Version: '2012-10-17', Statement } }]
  const caller = { role: { module: MODULE, name: 'r', policies }, functionName: 'f', accessKey: KEY }
  const place = { region: 'us-east-1', account: '000000000000' }
  return createTargetAws(place, [GET], {}, await ownPolicy(caller, place.account))
}

const signature = (service: string, key: string) =>
  `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`

interface Asked {
  readonly body?: string
  readonly headers?: Record<string, string>
  readonly query?: string
  readonly method?: string
  readonly path?: string
  readonly key?: string | null
}

function request(
  service: string,
  { body = '', headers = {}, query = '', method = 'POST', path = '/', key = KEY }: Asked,
): AwsRequest {
  const host = `${service}.us-east-1.amazonaws.com`
  const signed: Record<string, string> = key === null ? {} : { authorization: signature(service, key) }
  return {
    ...{ method, host, path, query: new URLSearchParams(query), body: Buffer.from(body), aborted: false },
    headers: { host, ...signed, ...headers },
  }
}

const json = (name: string, body: object, more: Asked = {}): Asked => ({
  body: JSON.stringify(body),
  headers: { 'x-amz-target': name, 'content-type': 'application/x-amz-json-1.0' },
  ...more,
})
const form = (body: string): Asked => ({ body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
const put = (more: Asked = {}) => json('DynamoDB_20120810.PutItem', { TableName: 't', Item: { id: { S: '1' } } }, more)

// service, request, status, code as the service says it
const DENIED: readonly (readonly [string, Asked, number, string])[] = [
  ['dynamodb', put(), 400, '"AccessDeniedException"'],
  ['dynamodb', json('DynamoDB_20120810.GetItem', { TableName: 't', Key: { id: { S: '1' } } }), 400, '"AccessDeniedException"'],
  [
    'sqs',
    json('AmazonSQS.SendMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/q', MessageBody: 'm' }),
    400,
    '"AccessDenied"',
  ],
  [
    'sns',
    form('Action=Publish&Version=2010-03-31&TopicArn=arn:aws:sns:us-east-1:000000000000:t&Message=m'),
    403,
    '<Code>AuthorizationError</Code>',
  ],
  ['s3', { method: 'GET', path: '/b/k' }, 403, '<Code>AccessDenied</Code>'],
  ['lambda', { path: '/2015-03-31/functions/g/invocations', body: '{}' }, 403, 'AccessDeniedException'],
]

describe('a role that is enforced', () => {
  for (const [service, asked, status, code] of DENIED) {
    it(`denies ${service} in its own words, before any fixture answers`, async () => {
      const { call, answer, final } = respond(
        request(service, asked),
        await awsOf({ Effect: 'Allow', Action: 'iam:*', Resource: '*' }),
        1,
      )
      expect(call).to.include({ outcome: 'denied', answeredBy: 'stub', invented: false })
      expect(answer.status).to.equal(status)
      expect(`${answer.body.toString()} ${JSON.stringify(answer.headers)}`).to.include(code)
      expect(answer.body.toString()).to.include('User: arn:aws:sts::000000000000:assumed-role/r/f is not authorized to perform: ')
      expect(final).to.equal(true)
    })
  }

  it('says which action on what, and whether a Deny did it', async () => {
    const said = async (...statements: Json[]) => {
      const { answer } = respond(request('dynamodb', put()), await awsOf(...statements), 1)
      return (JSON.parse(answer.body.toString()) as { message?: string }).message
    }
    const all = { Effect: 'Allow', Action: '*', Resource: '*' }
    const start =
      'User: arn:aws:sts::000000000000:assumed-role/r/f is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/t '
    expect(await said()).to.equal(`${start}because no identity-based policy allows the dynamodb:PutItem action`)
    expect(await said(all, { ...all, Effect: 'Deny' })).to.equal(`${start}with an explicit deny in an identity-based policy`)
    expect(await said(all)).to.equal(undefined)
  })

  it('is not asked of what another signed, or nobody', async () => {
    const aws = await awsOf()
    for (const key of ['ASIAFFFFFFFFFFFFFFFF', null])
      expect(respond(request('dynamodb', put({ key })), aws, 1).call.outcome).to.equal('ok')
  })

  it('is asked of a URL that the function signed', async () => {
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${KEY}/20260101/us-east-1/s3/aws4_request&X-Amz-Signature=0`
    const { call } = respond(request('s3', { method: 'GET', path: '/b/k', key: null, query }), await awsOf(), 1)
    expect(call.outcome).to.equal('denied')
  })

  it('may do what every call of a transaction may', async () => {
    const transaction = json('DynamoDB_20120810.TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: 't', Item: { id: { S: '1' } } } },
        { Delete: { TableName: 't', Key: { id: { S: '2' } } } },
      ],
    })
    const allow = (...Action: string[]) => awsOf({ Effect: 'Allow', Action, Resource: '*' })
    const outcome = async (...actions: string[]) =>
      respond(request('dynamodb', transaction), await allow(...actions), 1).call.outcome
    expect(await outcome('dynamodb:PutItem')).to.equal('denied')
    expect(await outcome('dynamodb:PutItem', 'dynamodb:DeleteItem')).to.equal('ok')
  })
})
