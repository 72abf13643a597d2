import { expect } from 'chai'
import { decode } from '#src/aws/decode/index.js'
import type { AwsRequest } from '#src/aws/request.js'
import { createTargetAws, respond } from '#src/aws/respond.js'
import type { AwsFixture } from '#src/model/index.js'

const request = (host: string, body: string, headers: Record<string, string> = {}, path = '/', method = 'POST'): AwsRequest => {
  const [pathname = '', search = ''] = path.split('?')
  return { method, host, path: pathname, query: new URLSearchParams(search), headers, body: Buffer.from(body), aborted: false }
}
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }

/** What a fixture of the user's becomes on the wire. */
function written(
  fixture: AwsFixture,
  asked: AwsRequest,
): { status: number; headers: Readonly<Record<string, string>>; body: string } {
  const aws = createTargetAws({ region: 'eu-west-1', account: '000000000000' }, [fixture])
  const { answer } = respond(asked, aws, 1)
  const body = answer.body.toString('utf8').replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
  return { status: answer.status, headers: answer.headers, body }
}

const ec2 = (body: string): AwsRequest => request('ec2.eu-west-1.amazonaws.com', body, form)

// Written by hand after https://docs.aws.amazon.com/AWSEC2/latest/APIReference
const EC2: readonly (readonly [string, string, object])[] = [
  [
    'lists without a wrapper, filters of lists',
    'Action=DescribeInstances&Version=2016-11-15&InstanceId.1=i-1&InstanceId.2=i-2&Filter.1.Name=tag:a&Filter.1.Value.1=x&Filter.1.Value.2=y&MaxResults=5&DryRun=true',
    { InstanceIds: ['i-1', 'i-2'], Filters: [{ Name: 'tag:a', Values: ['x', 'y'] }], MaxResults: 5, DryRun: true },
  ],
  [
    'items in the order of their numbers',
    `Action=StartInstances&${[11, 10, 9, 2].map((n) => `InstanceId.${n}=i-${n}`).join('&')}`,
    { InstanceIds: ['i-2', 'i-9', 'i-10', 'i-11'] },
  ],
  [
    'structures below lists, and members that are not known',
    'Action=CreateTags&ResourceId.1=i-1&Tag.1.Key=k&Tag.1.Value=&Odd.Thing=1',
    { Resources: ['i-1'], Tags: [{ Key: 'k', Value: '' }], Odd: { Thing: '1' } },
  ],
  [
    'hostile names',
    'Action=CreateTags&__proto__.x=1&constructor=2&Tag.0x1.Key=k&Tag.1e3=3',
    { ['__proto__']: { x: '1' }, constructor: '2', Tags: [] },
  ],
]

describe('EC2-Query', () => {
  for (const [name, body, params] of EC2) {
    it(`is decoded: ${name}`, () => {
      const decoded = decode(ec2(body), 'eu-west-1')
      expect(decoded).to.include({
        service: 'ec2',
        protocol: 'ec2',
        problem: null,
        operation: new URLSearchParams(body).get('Action'),
      })
      expect(decoded.params).to.deep.equal(params)
    })
  }

  it('is answered in its own element names', () => {
    const answer = {
      Reservations: [
        {
          ReservationId: 'r-1',
          Instances: [
            {
              InstanceId: 'i-1',
              State: { Code: 16, Name: 'running' },
              LaunchTime: '2026-01-01T00:00:00Z',
              Tags: [{ Key: 'a', Value: '<b>' }],
            },
          ],
        },
      ],
    }
    const { status, body } = written({ service: 'ec2', operation: 'DescribeInstances', answer }, ec2('Action=DescribeInstances'))
    expect([status, body]).to.deep.equal([
      200,
      '<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15"><requestId>ID</requestId>' +
        '<reservationSet><item><reservationId>r-1</reservationId><instancesSet><item><instanceId>i-1</instanceId>' +
        '<instanceState><code>16</code><name>running</name></instanceState><launchTime>2026-01-01T00:00:00Z</launchTime>' +
        '<tagSet><item><key>a</key><value>&lt;b&gt;</value></item></tagSet>' +
        '</item></instancesSet></item></reservationSet></DescribeInstancesResponse>',
    ])
  })

  it('has errors of its own form', () => {
    const error = { code: 'InvalidInstanceID.NotFound', message: 'no <i-1>' }
    const { status, body } = written({ service: 'ec2', operation: 'DescribeInstances', error }, ec2('Action=DescribeInstances'))
    expect([status, body]).to.deep.equal([
      400,
      '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>InvalidInstanceID.NotFound</Code><Message>no &lt;i-1&gt;</Message></Error></Errors><RequestID>ID</RequestID></Response>',
    ])
  })
})

describe('a fixture in the names of the API', () => {
  it('has its times and blobs as AWS-JSON has them', () => {
    const answer = { SecretString: 's', SecretBinary: 'not base64!', CreatedDate: '2026-01-01T00:00:00Z' }
    const asked = request('secretsmanager.eu-west-1.amazonaws.com', '{}', { 'x-amz-target': 'secretsmanager.GetSecretValue' })
    expect(JSON.parse(written({ service: 'secretsmanager', operation: 'GetSecretValue', answer }, asked).body)).to.deep.equal({
      SecretString: 's',
      SecretBinary: Buffer.from('not base64!').toString('base64'),
      CreatedDate: 1_767_225_600,
    })
  })

  it('has lists and maps wrapped as Query wraps them', () => {
    const answer = { Attributes: { TopicArn: 'a', Owner: '0' } }
    const asked = request('sns.eu-west-1.amazonaws.com', 'Action=GetTopicAttributes&TopicArn=a', form)
    expect(written({ service: 'sns', operation: 'GetTopicAttributes', answer }, asked).body).to.include(
      '<GetTopicAttributesResult><Attributes><entry><key>TopicArn</key><value>a</value></entry><entry><key>Owner</key><value>0</value></entry></Attributes></GetTopicAttributesResult>',
    )
  })

  it('has members in status, headers and body of a REST API', () => {
    const asked = request('lambda.eu-west-1.amazonaws.com', '{}', {}, '/2015-03-31/functions/f/invocations')
    const answer = { StatusCode: 202, FunctionError: 'Unhandled\r\nx: y', Payload: { errorMessage: 'no' } }
    const { status, headers, body } = written({ service: 'lambda', operation: 'Invoke', answer }, asked)
    expect([status, headers['x-amz-function-error'], body]).to.deep.equal([202, 'Unhandledx: y', '{"errorMessage":"no"}'])
  })

  it('is XML with the elements of S3', () => {
    const asked = request('b.s3.eu-west-1.amazonaws.com', '', {}, '/?tagging', 'GET')
    const { headers, body } = written(
      { service: 's3', operation: 'GetBucketTagging', answer: { TagSet: [{ Key: 'a', Value: 'b' }] } },
      asked,
    )
    expect([headers['content-type'], body]).to.deep.equal([
      'application/xml',
      '<?xml version="1.0" encoding="UTF-8"?>\n<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>',
    ])
  })
})

describe('what no model knows', () => {
  it('is recorded with its method, host and path', () => {
    const { service, operation, params } = decode(
      request('lambda.eu-west-1.amazonaws.com', '', {}, '/no/such/thing', 'PATCH'),
      'eu-west-1',
    )
    expect([service, operation, params]).to.deep.equal([
      'lambda',
      'unknown',
      { method: 'PATCH', host: 'lambda.eu-west-1.amazonaws.com', path: '/no/such/thing' },
    ])
  })

  it('finds its service by the host when it is not signed', () => {
    const hosts: Readonly<Record<string, string>> = {
      'bedrock-runtime.eu-west-1.amazonaws.com': 'bedrock',
      'data-ats.iot.eu-west-1.amazonaws.com': 'iotdata',
      'email.eu-west-1.amazonaws.com': 'ses',
      'abc.execute-api.eu-west-1.amazonaws.com': 'execute-api',
      'api.ecr.eu-west-1.amazonaws.com': 'ecr',
      'iam.amazonaws.com': 'iam',
    }
    for (const [host, service] of Object.entries(hosts))
      expect(decode(request(host, ''), 'eu-west-1')).to.include({ service, region: 'eu-west-1' })
  })
})
