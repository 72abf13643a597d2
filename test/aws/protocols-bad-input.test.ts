import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { connect } from 'node:tls'
import { expect } from 'chai'
import { headOf } from '#src/aws/warnings.js'
import { type OpenSidecar, openSidecar } from './run-redirected.js'

interface Sent {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

interface Request {
  readonly host: string
  readonly path: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body: Iterable<Buffer | string>
}

/** One request through the TLS socket, its body written part by part. */
async function send(open: OpenSidecar, { host, path, method = 'POST', headers = {}, body }: Request): Promise<Sent> {
  const outgoing = request({
    host,
    path,
    method,
    headers,
    createConnection: () => connect({ path: open.sockets.tls, servername: host, ca: [open.ca] }),
  })
  const answered = once(outgoing, 'response')
  for (const part of body) if (!outgoing.write(part)) await once(outgoing, 'drain')
  outgoing.end()
  const [response] = await answered
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return { status: response.statusCode, headers: response.headers, body: text }
}

const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

const MEGABYTE = Buffer.alloc(1024 * 1024, 0x61)
const BUCKET = 'photos.s3.eu-west-1.amazonaws.com'
const md5Of = (parts: readonly Buffer[], encoding: 'hex' | 'base64') => {
  const hash = createHash('md5')
  for (const part of parts) hash.update(part)
  return hash.digest(encoding)
}

describe('what cannot be read', () => {
  let open: OpenSidecar
  beforeEach(async () => {
    open = await openSidecar()
  })
  afterEach(() => open[Symbol.asyncDispose]())

  const WRONG: readonly (readonly [string, Request, number, string])[] = [
    [
      'JSON',
      {
        host: 'kms.eu-west-1.amazonaws.com',
        path: '/',
        headers: { 'x-amz-target': 'TrentService.Decrypt' },
        body: ['{"KeyId":\u001b[31m'],
      },
      400,
      '"__type":"SerializationException"',
    ],
    [
      'REST-JSON',
      { host: 'lambda.eu-west-1.amazonaws.com', path: '/2015-03-31/functions', body: ['[1]'] },
      400,
      '"__type":"SerializationException"',
    ],
    [
      'REST-XML',
      { host: 'route53.amazonaws.com', path: '/2013-04-01/hostedzone', body: ['<Create>'] },
      400,
      '<ErrorResponse><Error><Type>Sender</Type><Code>MalformedXML</Code>',
    ],
    ['S3', { host: BUCKET, path: '/?delete', body: ['<Delete><Object>'] }, 400, '<Error><Code>MalformedXML</Code>'],
    [
      'CBOR',
      {
        host: 'monitoring.eu-west-1.amazonaws.com',
        path: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
        headers: { 'smithy-protocol': 'rpc-v2-cbor' },
        body: [Buffer.from([0xbf, 0x61])],
      },
      400,
      'SerializationException',
    ],
    [
      'EC2',
      {
        host: 'ec2.eu-west-1.amazonaws.com',
        path: '/',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: [`Action=DescribeInstances&${'A.'.repeat(50)}=1`],
      },
      400,
      '<Response><Errors><Error><Code>MalformedInput</Code>',
    ],
  ]

  for (const [protocol, wrong, status, expected] of WRONG) {
    it(`is refused as its service would, in ${protocol}, and the user is warned once`, async () => {
      const sent = await send(open, wrong)
      await send(open, wrong)
      await open.sidecar.flush('t')
      expect(sent.status).to.equal(status)
      expect(sent.body).to.include(expected)
      expect(open.warnings).to.have.lengthOf(1)
      expect(open.warnings[0]).to.match(
        /^a request to [a-z0-9]+ \(\w+\) could not be read: .+; it begins with "[\x20-\x7e]*"(?:\.\.\.)?$/,
      )
      expect(open.calls.map(({ outcome }) => outcome)).to.deep.equal(['error', 'error'])
    })
  }

  it('is shown cut and harmless', () => {
    expect(headOf(Buffer.from('\u001b]0;"x"\\\u202e'))).to.equal('"\\x1b]0;\\x22x\\x22\\x5c\\xe2\\x80\\xae"')
    expect(headOf(Buffer.alloc(1000, 0x61))).to.equal(`"${'a'.repeat(120)}"...`)
  })

  it('is said of an operation that a service does not have', async () => {
    const host = 'kms.eu-west-1.amazonaws.com'
    const json = await send(open, { host, path: '/', headers: { 'x-amz-target': 'TrentService.Nope' }, body: ['{}'] })
    expect([json.status, json.body]).to.deep.equal([
      400,
      `{"__type":"UnknownOperationException","message":"KMS has no operation 'Nope'"}`,
    ])
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const query = await send(open, { host: 'iam.amazonaws.com', path: '/', headers: form, body: ['Action=Nope'] })
    expect(query.body).to.include('<Code>InvalidAction</Code>')
    await open.sidecar.flush('t')
    expect(open.calls.map(({ service, operation, outcome }) => [service, operation, outcome])).to.deep.equal([
      ['kms', 'Nope', 'error'],
      ['iam', 'Nope', 'error'],
    ])
  })

  it('is not an upload of 100 MB, which the sidecar does not hold', async function () {
    this.timeout(60_000)
    const parts = Array<Buffer>(100).fill(MEGABYTE)
    await send(open, { host: BUCKET, path: '/small', method: 'PUT', body: [MEGABYTE] })
    const before = residentMegabytes(open.sidecar.pid)
    const { status, headers } = await send(open, { host: BUCKET, path: '/big', method: 'PUT', body: parts })
    const grown = residentMegabytes(open.sidecar.pid) - before
    console.log(`      100 MB through TLS: the sidecar grew by ${grown.toFixed(0)} MB`)
    expect([status, headers.etag]).to.deep.equal([200, `"${md5Of(parts, 'hex')}"`])
    expect(grown).to.be.lessThan(60)
  })

  it('is not the framing of a long aws-chunked body', async function () {
    this.timeout(60_000)
    const parts = Array<Buffer>(20).fill(MEGABYTE)
    const body = [
      ...parts.flatMap((part) => ['100000;chunk-signature=0\r\n', part, '\r\n']),
      '0\r\nx-amz-checksum-crc32:AA==\r\n\r\n',
    ]
    const headers = { 'content-encoding': 'aws-chunked', 'content-md5': md5Of(parts, 'base64') }
    const sent = await send(open, { host: BUCKET, path: '/chunked', method: 'PUT', headers, body })
    expect([sent.status, sent.headers.etag]).to.deep.equal([200, `"${md5Of(parts, 'hex')}"`])
  })

  it('is an object that is not what its Content-MD5 promised', async () => {
    const headers = { 'content-md5': md5Of([], 'base64') }
    const sent = await send(open, { host: BUCKET, path: '/k', method: 'PUT', headers, body: ['other'] })
    expect([sent.status, /<Code>(\w+)/.exec(sent.body)?.[1]]).to.deep.equal([400, 'BadDigest'])
  })

  it('is a document longer than what is kept', async function () {
    this.timeout(60_000)
    const headers = { 'x-amz-target': 'TrentService.Encrypt' }
    const sent = await send(open, {
      host: 'kms.eu-west-1.amazonaws.com',
      path: '/',
      headers,
      body: ['{"a":"', ...Array<Buffer>(9).fill(MEGABYTE), '"}'],
    })
    expect([sent.status, sent.body]).to.deep.equal([
      400,
      '{"__type":"SerializationException","message":"The request is too large: 9437192 bytes"}',
    ])
  })
})
