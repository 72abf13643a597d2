import { expect } from 'chai'
import { isAwsHost } from '#src/harness/redirect.js'
import { ISOLATIONS, type OpenSidecar, openSidecar, type Ran, runRedirected, works } from '../aws/run-redirected.js'

for (const isolation of Object.keys(ISOLATIONS)) {
  describe(`redirect, ${isolation}`, () => {
    let open: OpenSidecar
    let ran: Ran
    before(async function () {
      this.timeout(60_000)
      if (!works(isolation)) return this.skip()
      open = await openSidecar()
      ran = await runRedirected(open, 'raw', isolation, ['minio.invalid', '192.0.2.77'])
    })
    after(() => open?.[Symbol.asyncDispose]())

    for (const name of ['get', 'defaultImport', 'arrayHeaders', 'plain', 'lookedUp']) {
      it(`brings ${name} to the sidecar`, () => expect(ran.result[name]).to.equal('200 {}'))
    }
    it('brings fetch and http2 to the sidecar', () => expect(ran.result).to.include({ fetched: '{}', http2: 200 }))
    it('brings hosts that were let through to the sidecar', () => {
      expect(ran.result.endpoint).to.include('AccessDenied')
      expect(ran.result.address).to.include('AccessDenied')
    })
    it('leaves the process its own server', () => expect(ran.result.own).to.equal('200 own'))
    it('attributes every request, whatever made it', () => {
      expect(open.calls).to.have.lengthOf(9)
      expect(open.calls.map(({ n }) => n)).to.deep.equal(Array(9).fill(7))
    })

    for (const name of ['Get', 'Fetch', 'Http2', 'Tcp', 'Options', 'Unix', 'Database', 'Datagram']) {
      it(`refuses ${name} as the kernel would`, () =>
        expect(ran.result[`refused${name}`]).to.include({ code: 'ECONNREFUSED', syscall: 'connect' }))
    }
    for (const name of ['lookup', 'resolve', 'resolver']) {
      it(`knows no name for ${name}`, () => expect(ran.result[name]).to.include({ code: 'ENOTFOUND' }))
    }
    it('asks about each that is not AWS', () => {
      expect(ran.asked.map(({ host, port, api }) => `${api} ${host}${port === undefined ? '' : `:${port}`}`)).to.deep.equal([
        'tls.connect minio.invalid:9000',
        'tls.connect 192.0.2.77:443',
        'tls.connect evil.invalid:443',
        'net.connect evil.invalid:8080',
        'tls.connect evil.invalid:443',
        'net.connect db.invalid:5432',
        'net.connect 192.0.2.1:25',
        'net.connect /var/run/docker.sock:0',
        'net.connect x.abc.eu-west-1.rds.amazonaws.com:3306',
        'dgram.send 192.0.2.9:53',
        'dns.lookup evil.invalid',
        'dns.resolve4 evil.invalid',
        'dns.resolveTxt evil.invalid',
      ])
    })
  })
}

describe('isAwsHost', () => {
  const hosts: Readonly<Record<string, boolean>> = {
    'dynamodb.us-east-1.amazonaws.com': true,
    'DynamoDB.us-east-1.amazonaws.com.': true,
    's3.cn-north-1.amazonaws.com.cn': true,
    's3.us-east-1.api.aws': true,
    'rds.us-east-1.amazonaws.com': true,
    'x.abc.us-east-1.rds.amazonaws.com': false,
    'a.b.0001.use1.cache.amazonaws.com': false,
    'ec2-192-0-2-1.compute-1.amazonaws.com': false,
    'evilamazonaws.com': false,
    'amazonaws.com.evil.invalid': false,
  }
  for (const [host, expected] of Object.entries(hosts))
    it(`${host}: ${expected}`, () => expect(isAwsHost(host)).to.equal(expected))
})
