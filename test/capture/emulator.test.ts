import { spawnSync } from 'node:child_process'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect } from 'chai'
import dynalite from 'dynalite'
import { localInvoker } from '#src/invokers/local.js'
import type { AwsFixture, Observation } from '#src/model/index.js'
import { CLI } from '../commands/shop.js'
import { target } from '../invokers/target-maker.js'
import { HERE } from './sessions.js'

interface Seen extends Observation {
  readonly warnings: readonly string[]
}

/** Runs one event of a handler; the sandbox is whatever this machine has. */
async function run(file: string, event: object, awsEndpoint?: string, fixtures: readonly AwsFixture[] = []): Promise<Seen> {
  const warnings: string[] = []
  const onWarning = (text: string) => void warnings.push(text)
  await using invoker = await localInvoker({ node: process.execPath, sandbox: undefined, awsEndpoint, onWarning })
  const opened = await invoker.open(target({ file: path.join(HERE, file), root: HERE, timeoutMs: 8_000, fixtures }))
  if (opened.kind !== 'open') throw new Error(opened.reason)
  await using session = opened.session
  const execution = { n: 1, text: JSON.stringify(event), mode: 'proof', deadlineMs: 8_000 } as const
  const [seen] = await session.run([execution], new AbortController().signal)
  return { ...seen!, warnings }
}

const calls = ({ aws }: Seen): string[] => aws.map((call) => `${call.operation} ${call.answeredBy} ${call.outcome}`)

describe('--aws-endpoint', function () {
  this.timeout(30_000)
  let server: Server
  let endpoint: string
  const ask = (operation: string, params: object) =>
    fetch(endpoint, {
      method: 'POST',
      headers: {
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'content-type': 'application/x-amz-json-1.0',
        authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': '20260101T000000Z',
      },
      body: JSON.stringify(params),
    })
  before(async () => {
    server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await ask('CreateTable', {
      TableName: 'orders',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
  })
  after(() => server.close())

  it('lets dynalite answer, and records what it was asked', async () => {
    const seen = await run('puts.mjs', { id: 'one' }, endpoint)
    expect(seen.outcome).to.deep.equal({ kind: 'returned', text: '"7"' })
    expect(calls(seen)).to.deep.equal(['PutItem forward ok', 'GetItem forward ok'])
    expect(seen.aws[0]?.params).to.have.nested.property('Item.id.S', 'one')
    const kept = await ask('GetItem', { TableName: 'orders', Key: { id: { S: 'one' } } })
    expect(await kept.json()).to.have.nested.property('Item.total.N', '7')
    expect(seen.warnings).to.deep.equal([])
  })

  it('says of an error of dynalite that it is one', async () => {
    const seen = await run('puts.mjs', { id: '' }, endpoint)
    expect(seen.outcome).to.include({ kind: 'threw', name: 'ValidationException' })
    expect(calls(seen)).to.deep.equal(['PutItem forward error'])
  })

  it('lets a fixture win', async () => {
    const fixture = { service: 'dynamodb', operation: 'GetItem', answer: { Item: { total: { N: '9' } } } }
    const seen = await run('puts.mjs', { id: 'two' }, endpoint, [fixture])
    expect(seen.outcome).to.deep.equal({ kind: 'returned', text: '"9"' })
    expect(calls(seen)).to.deep.equal(['PutItem forward ok', 'GetItem fixture ok'])
  })

  it('answers itself where nobody listens, and says so once', async () => {
    const seen = await run('puts.mjs', { id: 'three' }, 'http://127.0.0.1:9')
    expect(seen.outcome).to.deep.equal({ kind: 'returned', text: '"7"' })
    expect(calls(seen)).to.deep.equal(['PutItem stub ok', 'GetItem stub ok'])
    expect(seen.warnings).to.deep.equal([
      'http://127.0.0.1:9 (--aws-endpoint) does not answer (ECONNREFUSED): the stub answers instead',
    ])
  })

  for (const url of [
    'https://dynamodb.us-east-1.amazonaws.com',
    'http://8.8.8.8',
    'http://[2001:db8::1]',
    'nonsense',
    'ftp://localhost',
  ]) {
    it(`refuses ${url}`, () => {
      const { status, stderr } = spawnSync(process.execPath, [CLI, 'fuzz', 'x.mjs', '--aws-endpoint', url], { encoding: 'utf8' })
      expect(status).to.equal(2)
      expect(stderr.trim().split('\n')).to.have.lengthOf(1)
      expect(stderr).to.include('--aws-endpoint takes')
    })
  }
})

describe('a certificate check of the function', function () {
  this.timeout(30_000)

  it('is named when it refuses the certificate', async () => {
    const seen = await run('raw.mjs', { cell: 'pinned' })
    expect(seen.outcome).to.include({ kind: 'threw', message: 'this is not the certificate that I know' })
    expect(seen.warnings).to.have.lengthOf(1)
    expect(seen.warnings[0]).to.match(/^dynamodb\.us-east-1\.amazonaws\.com is refused by the function's own certificate check/)
  })
})
