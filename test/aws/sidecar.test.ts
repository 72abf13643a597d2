import { X509Certificate } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:tls'
import { expect } from 'chai'
import { createAuthority } from '#src/aws/certificate.js'
import { type OpenSidecar, openSidecar } from './run-redirected.js'

interface Answered {
  readonly status: number | undefined
  readonly body: string
}

/** One request straight to the plain socket, as a client with these headers would make it. */
const ask = (open: OpenSidecar, headers: Record<string, string>, body: string, path = '/', method = 'POST'): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      { socketPath: open.sockets.plain, path, method, headers: { host: 'x.eu-west-1.amazonaws.com', ...headers } },
      (incoming) => {
        let text = ''
        incoming.on('data', (chunk) => (text += chunk))
        incoming.on('end', () => resolve({ status: incoming.statusCode, body: text }))
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })

const signed = (service: string, region = 'us-east-1') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
})
const dynamo = (operation: string) => ({
  ...signed('dynamodb'),
  'x-amz-target': `DynamoDB_20120810.${operation}`,
  'content-type': 'application/x-amz-json-1.0',
})

describe('sidecar', () => {
  let open: OpenSidecar
  beforeEach(async () => {
    open = await openSidecar([
      { service: 'dynamodb', operation: 'GetItem', when: { Key: { id: { S: 'x' } } }, answer: { Item: { id: { S: 'x' } } } },
      { service: 's3', operation: 'GetObject', when: { Key: 'f' }, answer: { Body: 'given', ContentType: 'text/plain' } },
      { service: 'secretsmanager', operation: 'GetSecretValue', answer: { SecretString: '{}' } },
      { service: 'sns', operation: 'Publish', error: { code: 'NotFound', message: 'no <topic>', status: 404 } },
    ])
  })
  afterEach(() => open[Symbol.asyncDispose]())

  it('gives the answer of the first fixture whose parameters are contained', async () => {
    const hit = await ask(open, dynamo('GetItem'), '{"TableName":"t","Key":{"id":{"S":"x"}}}')
    const miss = await ask(open, dynamo('GetItem'), '{"TableName":"t","Key":{"id":{"S":"y"}}}')
    await open.sidecar.flush('t')
    expect([hit.body, miss.body]).to.deep.equal(['{"Item":{"id":{"S":"x"}}}', '{}'])
    expect(open.calls.map(({ answeredBy, region }) => `${answeredBy} ${region}`)).to.deep.equal([
      'fixture us-east-1',
      'stub us-east-1',
    ])
  })

  it('writes a fixture in the protocol of its service', async () => {
    expect((await ask(open, { ...signed('s3'), host: 'b.s3.eu-west-1.amazonaws.com' }, '', '/f', 'GET')).body).to.equal('given')
    expect(
      (await ask(open, { ...signed('secretsmanager'), 'x-amz-target': 'secretsmanager.GetSecretValue' }, '{}')).body,
    ).to.equal('{"SecretString":"{}"}')
    const error = await ask(
      open,
      { ...signed('sns'), 'content-type': 'application/x-www-form-urlencoded' },
      'Action=Publish&Message=m',
    )
    expect(error).to.have.property('status', 404)
    expect(error.body).to.include('<Code>NotFound</Code><Message>no &lt;topic&gt;</Message>')
  })

  it('invents what it has a model of, and denies and records the rest', async () => {
    const kms = await ask(
      open,
      { ...signed('kms'), 'x-amz-target': 'TrentService.Decrypt' },
      '{"KeyId":"arn:aws:kms:eu-west-1:000000000000:key/k"}',
    )
    const cbor = await ask(
      open,
      { ...signed('monitoring'), 'smithy-protocol': 'rpc-v2-cbor' },
      '',
      '/service/GraniteServiceVersion20100801/operation/PutMetricData',
    )
    await ask(open, signed('lambda'), '{"a":1}', '/2015-03-31/functions/f/invocations')
    await ask(open, signed('made-up'), 'x', '/odd')
    await open.sidecar.flush('t')
    expect(kms.status).to.equal(200)
    expect(JSON.parse(kms.body)).to.include({ Plaintext: Buffer.from('example').toString('base64') })
    expect(cbor.status).to.equal(200)
    expect(open.calls.map(({ service, operation, outcome }) => `${service}:${operation} ${outcome}`)).to.deep.equal([
      'kms:Decrypt ok',
      'monitoring:PutMetricData ok',
      'lambda:Invoke ok',
      'made-up:unknown denied',
    ])
    expect(open.calls[0]?.resources).to.deep.equal(['arn:aws:kms:eu-west-1:000000000000:key/k'])
    expect(open.calls.map(({ invented }) => invented)).to.deep.equal([true, false, true, false])
    expect(open.calls[2]?.resources).to.deep.equal(['arn:aws:lambda:us-east-1:000000000000:function:f'])
    expect(open.calls[2]?.params).to.deep.equal({ FunctionName: 'f', Payload: '{"a":1}' })
    expect(open.calls[3]?.params).to.deep.equal({ method: 'POST', host: 'x.eu-west-1.amazonaws.com', path: '/odd', Body: 'x' })
  })

  it('answers SQS with the MD5 of body and attributes', async () => {
    const timestamp = { DataType: 'Number', StringValue: '1493147359900' }
    const body = JSON.stringify({
      QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/q',
      MessageBody: 'hello',
      MessageAttributes: { timestamp },
    })
    const { body: text } = await ask(open, { ...signed('sqs'), 'x-amz-target': 'AmazonSQS.SendMessage' }, body)
    expect(JSON.parse(text)).to.include({
      MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592',
      MD5OfMessageAttributes: '235c5c510d26fb653d073faed50ae77c',
    })
  })

  it('files what was put before its key was known', async () => {
    for (const n of ['1', '2']) await ask(open, dynamo('PutItem'), `{"TableName":"t","Item":{"id":{"S":"k"},"n":{"N":"${n}"}}}`)
    const got = await ask(open, dynamo('GetItem'), '{"TableName":"t","Key":{"id":{"S":"k"}}}')
    expect(got.body).to.equal('{"Item":{"id":{"S":"k"},"n":{"N":"2"}}}')
    expect(JSON.parse((await ask(open, dynamo('Scan'), '{"TableName":"t"}')).body)).to.have.property('Count', 1)
  })

  it('knows retries by their invocation id', async () => {
    for (const id of ['a', 'b', 'a']) await ask(open, { ...dynamo('ListTables'), 'amz-sdk-invocation-id': id }, '{}')
    await open.sidecar.flush('t')
    expect(open.calls.map(({ retryOf }) => retryOf)).to.deep.equal([null, null, 1])
  })

  it('believes a context header only when it is sound', async () => {
    const said = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const location = { file: '/f.js', line: 1, column: 2 }
    const sound = said({ n: 3, location, frames: Array(9).fill(location) })
    const odd = ['%%%', said([]), said({ n: -1, location: 'x', frames: [1] }), said({ n: 3, location, pad: 'p'.repeat(9000) })]
    for (const header of [sound, ...odd]) await ask(open, { ...dynamo('ListTables'), 'x-eventfuzz-context': header }, '{}')
    await open.sidecar.flush('t')
    const [first, ...rest] = open.calls
    expect([first?.n, first?.location, first?.frames]).to.deep.equal([3, location, Array(8).fill(location)])
    for (const { n, location: place, frames } of rest) expect([n, place, frames]).to.deep.equal([null, null, []])
  })

  it('forgets the state of a target when asked', async () => {
    const get = () => ask(open, dynamo('GetItem'), '{"TableName":"t","Key":{"id":{"S":"kept"}}}')
    await ask(open, dynamo('PutItem'), '{"TableName":"t","Item":{"id":{"S":"kept"}}}')
    expect((await get()).body).to.include('kept')
    await open.sidecar.reset('t')
    expect((await get()).body).to.equal('{}')
  })

  it('reads an aws-chunked body', async () => {
    const headers = { ...signed('s3'), host: 'b.s3.eu-west-1.amazonaws.com', 'content-encoding': 'aws-chunked' }
    await ask(open, headers, '5;chunk-signature=0\r\nhello\r\n3\r\n me\r\n0\r\nx-amz-checksum-crc32:AA==\r\n\r\n', '/k', 'PUT')
    await open.sidecar.flush('t')
    expect(open.calls[0]?.params).to.deep.equal({ Bucket: 'b', Key: 'k', Body: 'hello me' })
  })

  it('says so when a target cannot be opened', async () => {
    const target = { id: 'u', dir: '/nonexistent', region: 'r', account: 'a', fixtures: [] }
    const error = await open.sidecar
      .open(target, () => undefined)
      .then(
        () => undefined,
        (e: Error) => e,
      )
    expect(error?.message).to.match(/target u: .*\/nonexistent/)
  })

  it('rejects, and does not hang, when its process is killed', async () => {
    process.kill(open.sidecar.pid, 'SIGKILL')
    const error = await open.sidecar.flush('t').then(
      () => undefined,
      (e: Error) => e,
    )
    expect(error?.message).to.match(/the AWS sidecar (ended \(SIGKILL\)|cannot be reached)/)
    expect(
      await open.sidecar.reset('t').then(
        () => undefined,
        (e: Error) => e,
      ),
    ).to.be.an('error')
  })

  it('closes a target and refuses its socket', async () => {
    await open.sidecar.close('t')
    const error = await ask(open, {}, '').then(
      () => undefined,
      (e: NodeJS.ErrnoException) => e,
    )
    expect(error?.code).to.equal('ENOENT')
  })
})

describe('certificates', () => {
  it('are good for the very name, and signed by the CA', () => {
    const ca = createAuthority(new Date('2026-11-21T00:00:00Z'))
    const [leaf] = String(ca.fallback.cert).split(/(?<=-----END CERTIFICATE-----\n)/)
    const certificate = new X509Certificate(leaf!)
    expect(certificate.checkHost('localhost')).to.equal('localhost')
    expect(certificate.checkIP('127.0.0.1')).to.equal('127.0.0.1')
    expect(certificate.checkIP('::1')).to.not.equal(undefined)
    expect(certificate.checkHost('example.invalid')).to.equal(undefined)
    expect(certificate.verify(new X509Certificate(ca.pem).publicKey)).to.equal(true)
    expect(new Date(certificate.validFrom).toISOString()).to.equal('2026-11-20T00:00:00.000Z')
  })

  it('are taken by TLS with its own check of the name', async () => {
    await using open = await openSidecar()
    for (const servername of ['dynamodb.us-east-1.amazonaws.com', 'a.b.c.s3.us-east-1.amazonaws.com']) {
      const socket = connect({ path: open.sockets.tls, servername, host: servername, ca: [open.ca], ALPNProtocols: ['h2'] })
      const alpn = await new Promise((resolve, reject) =>
        socket.once('secureConnect', () => resolve(socket.alpnProtocol)).once('error', reject),
      )
      socket.destroy()
      expect(alpn).to.equal('h2')
    }
  })
})
