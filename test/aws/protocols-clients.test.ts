import { expect } from 'chai'
import type { AwsCall } from '#src/model/index.js'
import { type OpenSidecar, openSidecar, type Ran, runRedirected } from './run-redirected.js'

describe('clients of every protocol, over real sockets', () => {
  let open: OpenSidecar
  let ran: Ran
  before(async function () {
    this.timeout(60_000)
    open = await openSidecar()
    ran = await runRedirected(open, 'protocols')
  })
  after(() => open?.[Symbol.asyncDispose]())

  const callOf = (operation: string, nth = 0): AwsCall => open.calls.filter((call) => call.operation === operation)[nth]!

  it('read event streams, over HTTP/2 and HTTP/1.1', () => {
    expect(ran.result.streams).to.deep.equal({
      kinesis: [['SubscribeToShardEvent']],
      lambda: ['{}', {}],
      bedrock: ['{}'],
      converse: ['messageStart', 'contentBlockStart', 'contentBlockDelta', 'contentBlockStop', 'messageStop', 'metadata'],
    })
  })

  it('have what they sent as blobs recorded as text', () => {
    expect(callOf('PutRecord').params).to.deep.equal({ StreamName: 's', PartitionKey: 'p', Data: 'in the record' })
    expect(callOf('Invoke').params).to.deep.equal({ FunctionName: 'f', Payload: '{"a":1}' })
    expect(callOf('InvokeModelWithResponseStream').params).to.include({ modelId: 'm', body: '{"prompt":"hi"}' })
    expect(ran.result.blobs).to.have.deep.property('invoked', { StatusCode: 200, Payload: '{}' })
  })

  it('speak CBOR', () => {
    expect(callOf('PutMetricData').params).to.deep.equal({
      Namespace: 'n',
      MetricData: [{ MetricName: 'm', Value: 1.5, Timestamp: 1_500_000_000, Dimensions: [{ Name: 'd', Value: 'v' }] }],
    })
    expect(ran.result.cbor).to.deep.equal({ put: {}, updated: '2026-01-01T00:00:00.000Z' })
  })

  it('speak Query to a service that now speaks JSON', () => {
    expect(callOf('SendMessage').params).to.deep.equal({
      QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/000000000000/jobs',
      MessageBody: 'old',
      DelaySeconds: 5,
      MessageAttributes: { k: { DataType: 'String', StringValue: 'v' } },
    })
    expect(ran.result.query).to.include({ MD5OfMessageBody: '149603e6c03516362a8da23f624db945' })
  })

  it('are of the SDK of old, too', () => {
    expect(ran.result.v2).to.deep.equal({
      ec2: { Code: 1, Name: 'running' },
      stacks: 1,
      zones: 'Z1',
      s3: { ETag: '"92eb5ffee6ae2fec3ad71c777531578f"' },
      invoked: '{}',
      unmodelled: 'AccessDeniedException',
    })
    expect(callOf('DescribeInstances').params).to.deep.equal({ InstanceIds: ['i-1'], DryRun: false })
    expect(callOf('DescribeInstances').resources).to.deep.equal(['arn:aws:ec2:eu-west-1:000000000000:instance/i-1'])
  })
})
