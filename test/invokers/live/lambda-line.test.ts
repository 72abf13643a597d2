import { expect } from 'chai'
import { loadAws } from '#src/invokers/live/aws-sdk.js'
import { lambdaClient } from '#src/invokers/live/lambda-client.js'
import { lambdaLine } from '#src/invokers/live/lambda-line.js'
import { ConfigError, type Execution } from '#src/model/index.js'
import { target } from '../target-maker.js'
import { type Answer, eventMessage, functionAnswer, startStub } from './aws-stub.js'

const execution: Execution = { n: 1, text: '{"a":"\u00e9"}', mode: 'proof', deadlineMs: 1_000 }

/** What one invocation of a function that answers so comes to. */
async function sent(invoke: Answer, changes: { streamed?: boolean; qualifier?: string; profile?: string } = {}) {
  await using stub = await startStub({ invoke })
  const { streamed = false, qualifier } = changes
  const options = {
    cwd: process.cwd(),
    region: 'eu-central-1',
    profile: undefined,
    endpoint: stub.url,
    timeoutMs: 3_000,
    concurrency: 1,
  }
  const { sdk, lambda } = lambdaClient(options)
  const secrets = [{ name: 'API_TOKEN', value: 'tok-4f1c9e7720aa' }]
  const callee = { name: 'orders', qualifier, where: 'orders', timeoutMs: 3_000, memoryMb: 256, secrets, streamed }
  const line = lambdaLine(callee, target({ file: '/srv/app/orders.mjs' }), sdk, lambda)
  const came = await line.once(execution)!()
  lambda.destroy()
  return { came, line, stub }
}

describe('the Lambda line', () => {
  it('waits for the answer, asks for the log, and tells time and memory by the report of the platform', async () => {
    const { came, stub } = await sent(
      (response, event, _n, id) => functionAnswer(response, id, event, { log: 'hello\n', ms: 40, maxMb: 71 }),
      { qualifier: 'v7' },
    )
    expect(stub.requests).to.deep.equal(['POST /2015-03-31/functions/orders/invocations?Qualifier=v7'])
    expect(stub.invoked).to.deep.equal([execution.text])
    if (came.kind !== 'answered') throw new Error(came.kind)
    expect(came.requestId).to.equal('00000000-0000-4000-8000-000000000001')
    expect(came.gbSeconds).to.be.closeTo(0.125 * 0.04, 1e-9)
    expect(came.value).to.deep.include({
      outcome: { kind: 'returned', text: execution.text },
      cpuUs: 40_000,
      rssBytes: 71 * 2 ** 20,
    })
    expect(came.value.log.trim()).to.equal('hello')
  })

  it('never sends an event twice by itself', async () => {
    const { stub } = await sent((response) => response.writeHead(500, { 'X-Amzn-ErrorType': 'ServiceException' }).end('{}'))
    expect(stub.invoked).to.have.lengthOf(1)
  })

  it('keeps what looks like credentials of its role for a secret', async () => {
    const { line } = await sent((response, _event, _n, id) => functionAnswer(response, id, '"ASIAIOSFODNN7EXAMPLE"'))
    expect(line.secrets.map(({ name }) => name)).to.deep.equal(['API_TOKEN', 'AWS_ACCESS_KEY_ID'])
  })

  const stream =
    (...parts: readonly Buffer[]): Answer =>
    (response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-RequestId': 'r-1' })
      for (const part of parts) response.write(part)
      response.end()
    }

  it('puts a streamed answer together, and reads its head', async () => {
    const head = JSON.stringify({ statusCode: 201, headers: { a: 'b' } })
    const { came, stub } = await sent(
      stream(
        eventMessage('PayloadChunk', `${head}\0\0\0\0`),
        eventMessage('PayloadChunk', '\0\0\0\0caf'),
        eventMessage('PayloadChunk', '\u00e9'),
        eventMessage('InvokeComplete', JSON.stringify({ LogResult: Buffer.from('hello').toString('base64') })),
      ),
      { streamed: true },
    )
    expect(stub.requests[0]).to.equal('POST /2021-11-15/functions/orders/response-streaming-invocations')
    if (came.kind !== 'answered') throw new Error(came.kind)
    const { outcome, log } = came.value
    expect(outcome.kind === 'returned' && JSON.parse(outcome.text)).to.deep.equal({
      statusCode: 201,
      headers: { a: 'b' },
      body: 'caf\u00e9',
    })
    expect(log).to.equal('hello')
  })

  it('tells an error in the middle of a stream, and a stream that just ends', async () => {
    const error = { ErrorCode: 'Unhandled', ErrorDetails: JSON.stringify({ errorType: 'TypeError', errorMessage: 'no' }) }
    const failed = await sent(stream(eventMessage('PayloadChunk', 'x'), eventMessage('InvokeComplete', JSON.stringify(error))), {
      streamed: true,
    })
    expect(failed.came.kind === 'answered' && failed.came.value.outcome).to.deep.include({ kind: 'threw', name: 'TypeError' })
    const cut = await sent(stream(eventMessage('PayloadChunk', 'x')), { streamed: true })
    expect(cut.came.kind).to.equal('lost')
  })

  it('says how to install the client where there is none', () => {
    // Beside this test there is one: only a client that does not exist is missing.
    expect(() => loadAws('client-nothing' as 'client-sts', process.cwd())).to.throw(
      ConfigError,
      /npm install --save-dev @aws-sdk\/client-nothing/,
    )
  })
})
