import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { InvokeCommand, type InvokeCommandInput, type InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda'
import { expect } from 'chai'
import { descendants } from '#src/invokers/process-tree.js'
import { HANDLERS } from '../invokers/target-maker.js'
import { commandOf, isRunning, raw, type Server, startServer } from './serving.js'
import { eventfuzz } from './shop.js'

const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-serve-'))
cpSync(path.join(HANDLERS, 'outcomes.mjs'), path.join(dir, 'outcomes.mjs'))
const put = (name: string, text: string) => writeFileSync(path.join(dir, name), text)
put('echo.mjs', 'export const handler = async (event) => event')
put(
  'logs.mjs',
  `let n = 0
export const handler = async ({ lines, warm, euros = 0 }, context) => {
  if (euros > 0) console.log('\\u20ac'.repeat(euros))
  for (let i = 0; i < lines; i++) console.log('line ' + i + ' \\u20ac')
  return warm ? ++n : context.awsRequestId
}`,
)
put(
  'calls.mjs',
  `import http from 'node:http'
export const handler = ({ name, event }) => new Promise((resolve, reject) => {
  const path = '/2015-03-31/functions/' + name + '/invocations'
  const headers = { host: 'lambda.eu-west-1.amazonaws.com', authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=b' }
  const request = http.request({ host: 'lambda.eu-west-1.amazonaws.com', method: 'POST', path, headers }, (response) => {
    let body = ''
    response.on('data', (chunk) => { body += chunk }).on('end', () => resolve({ status: response.statusCode, error: response.headers['x-amz-function-error'], body: JSON.parse(body) }))
  })
  request.on('error', reject).end(JSON.stringify(event))
})`,
)
put('broken.mjs', 'throw new Error("no database")')
put('slow.mjs', 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 400, "slow"))')
const FUNCTIONS = ['outcomes.mjs', 'echo.mjs', 'logs.mjs', 'broken.mjs', 'slow.mjs', 'calls.mjs']

const INVOKE = '/2015-03-31/functions/echo-mjs/invocations'
const post = (path: string, headers: Readonly<Record<string, string>>, body = '{}') =>
  [
    `POST ${path} HTTP/1.1`,
    ...Object.entries({ Host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')

describe('eventfuzz serve', function () {
  this.timeout(60_000)
  let server: Server
  let client: LambdaClient

  before(async () => {
    server = await startServer(dir, ...FUNCTIONS, '--timeout', '1s')
    client = new LambdaClient({
      endpoint: server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
      maxAttempts: 1,
    })
  })

  after(async () => {
    client.destroy()
    expect(await server.stop()).to.equal(0)
    expect(server.output.stdout).to.equal('')
  })

  const invoke = (FunctionName: string, event: unknown, more: Partial<InvokeCommandInput> = {}): Promise<InvokeCommandOutput> =>
    client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...more }))
  const payload = ({ Payload }: InvokeCommandOutput): unknown => JSON.parse(Buffer.from(Payload ?? []).toString())
  const refused = async (sent: Promise<unknown>) => {
    const error = await sent.then(
      () => undefined,
      (caught: unknown) => caught as { name: string; message: string; $metadata: { httpStatusCode: number } },
    )
    return error && { name: error.name, message: error.message, status: error.$metadata.httpStatusCode }
  }

  it('says what it serves, and where', () => {
    const lines = server.output.stderr.trimEnd().split('\n')
    expect(lines).to.have.lengthOf(FUNCTIONS.length + 1)
    expect(lines[0]).to.equal('outcomes-mjs  outcomes.mjs#handler')
    expect(lines.at(-1)).to.match(/^Lambda Invoke API on http:\/\/127\.0\.0\.1:\d+ \(sandbox \w+\)$/)
  })

  for (const name of [
    'echo-mjs',
    'echo.mjs',
    'echo-mjs:live',
    'function:echo-mjs',
    '123456789012:function:echo-mjs',
    'arn:aws:lambda:eu-west-1:123456789012:function:echo-mjs',
    'arn:aws:lambda:eu-west-1:123456789012:function:echo-mjs:$LATEST',
  ]) {
    it(`answers for the name ${name}`, async () => {
      const answer = await invoke(name, { a: ['\u{1f600}', null] })
      expect(answer).to.include({ StatusCode: 200, ExecutedVersion: '$LATEST' })
      expect(answer.FunctionError).to.equal(undefined)
      expect(answer.LogResult).to.equal(undefined)
      expect(payload(answer)).to.deep.equal({ a: ['\u{1f600}', null] })
    })
  }

  it('takes a qualifier of the query, and refuses two that differ', async () => {
    expect((await invoke('echo-mjs', 1, { Qualifier: 'live' })).StatusCode).to.equal(200)
    expect((await invoke('echo-mjs:live', 1, { Qualifier: 'live' })).StatusCode).to.equal(200)
    expect(await refused(invoke('echo-mjs:live', 1, { Qualifier: 'test' }))).to.include({
      name: 'InvalidParameterValueException',
      status: 400,
    })
  })

  it('gives a function that is called without a payload an empty object', async () => {
    expect(payload(await client.send(new InvokeCommand({ FunctionName: 'echo-mjs' })))).to.deep.equal({})
  })

  /** How an invocation ends, and the error that the caller gets. */
  const ERRORS: readonly (readonly [way: string, error: Readonly<Record<string, unknown>> | RegExp])[] = [
    ['throws', { errorType: 'TypeError', errorMessage: 'on purpose' }],
    ['throwsText', { errorType: 'string', errorMessage: 'a text', trace: [] }],
    ['waits', /"Sandbox\.Timedout","errorMessage":"RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds"\}$/],
    ['spins', /"Sandbox\.Timedout"/],
    [
      'exits',
      /"Runtime\.ExitError","errorMessage":"RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 7"\}$/,
    ],
    ['aborts', /"Runtime\.ExitError".*signal: aborted/],
    ['rejection', { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'RangeError: nobody listens' }],
    ['uncaught', { errorType: 'RangeError', errorMessage: 'in a timer' }],
  ]
  for (const [way, error] of ERRORS) {
    it(`tells the caller of a function that ${way}, and answers the next call`, async () => {
      const answer = await invoke('outcomes-mjs', { way })
      expect(answer).to.include({ StatusCode: 200, FunctionError: 'Unhandled' })
      if (error instanceof RegExp) expect(JSON.stringify(payload(answer))).to.match(error)
      else expect(payload(answer)).to.deep.include(error)
      const next = await invoke('outcomes-mjs', { way: 'returns' })
      expect(next.FunctionError).to.equal(undefined)
      expect(payload(next)).to.deep.equal({ statusCode: 200, body: 'ok' })
    })
  }

  it("shows the function's own frames, and none of the harness", async () => {
    const { trace } = payload(await invoke('outcomes-mjs', { way: 'throws' })) as { trace: string[] }
    expect(trace[0]).to.equal('TypeError: on purpose')
    expect(trace[1]).to.match(/outcomes\.mjs:16:/)
    expect(trace.join('\n')).to.not.include('harness')
  })

  it('says at every call that a function cannot be loaded', async () => {
    for (let i = 0; i < 2; i++) {
      const answer = await invoke('broken-mjs', {})
      expect(answer.FunctionError).to.equal('Unhandled')
      expect((payload(answer) as { errorMessage: string }).errorMessage).to.include('no database')
    }
  })

  it('gives back the end of the log when it is asked for', async () => {
    const answer = await invoke('logs-mjs', { lines: 3 }, { LogType: 'Tail' })
    const id = payload(answer) as string
    expect(answer.$metadata.requestId).to.equal(id)
    const lines = Buffer.from(answer.LogResult ?? '', 'base64')
      .toString()
      .trimEnd()
      .split('\n')
    expect(lines[0]).to.equal(`START RequestId: ${id} Version: $LATEST`)
    expect(lines[1]).to.match(new RegExp(`\t${id}\tINFO\tline 0 €$`))
    expect(lines[4]).to.equal(`END RequestId: ${id}`)
    expect(lines[5]).to.match(
      new RegExp(
        `^REPORT RequestId: ${id}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: [1-9]\\d* MB`,
      ),
    )
  })

  it('cuts the log to its last 4 KiB, not inside a character', async () => {
    for (let lines = 0; lines < 12; lines++) {
      const answer = await invoke('logs-mjs', { euros: 2_000, lines }, { LogType: 'Tail' })
      const bytes = Buffer.from(answer.LogResult ?? '', 'base64')
      expect(bytes.length).to.be.within(4094, 4096)
      expect(bytes.toString()).to.match(/^€/).and.to.include('REPORT').and.to.not.include('\ufffd')
    }
  })

  it('does not run anything for DryRun', async () => {
    const before = payload(await invoke('logs-mjs', { warm: true })) as number
    expect((await invoke('logs-mjs', { warm: true }, { InvocationType: 'DryRun' })).StatusCode).to.equal(204)
    expect(payload(await invoke('logs-mjs', { warm: true }))).to.equal(before + 1)
  })

  it('runs an Event in the background, before what comes after it', async () => {
    const before = payload(await invoke('logs-mjs', { warm: true })) as number
    const answer = await invoke('logs-mjs', { warm: true }, { InvocationType: 'Event' })
    expect(answer.StatusCode).to.equal(202)
    expect(payload(await invoke('logs-mjs', { warm: true }))).to.equal(before + 2)
  })

  it('survives an Event that crashes, and runs it once', async () => {
    expect((await invoke('outcomes-mjs', { way: 'exits' }, { InvocationType: 'Event' })).StatusCode).to.equal(202)
    expect(payload(await invoke('outcomes-mjs', { way: 'returns' }))).to.deep.equal({ statusCode: 200, body: 'ok' })
  })

  it('answers many at once, with a crash and a hang between them', async () => {
    const ways = Array.from({ length: 40 }, (_, i) => (i === 10 ? 'exits' : i === 20 ? 'spins' : 'returns'))
    const answers = await Promise.all([
      ...ways.map((way) => invoke('outcomes-mjs', { way })),
      ...ways.map((_, i) => invoke('echo-mjs', { i })),
    ])
    expect(answers.slice(0, 40).map(({ FunctionError }, i) => (FunctionError === undefined ? 'returns' : ways[i]))).to.deep.equal(
      ways,
    )
    expect(answers.slice(40).map(payload)).to.deep.equal(ways.map((_, i) => ({ i })))
  })

  it('takes a large payload, and gives it back', async () => {
    const text = 'x'.repeat(5_900_000)
    expect(payload(await invoke('echo-mjs', { text }))).to.deep.equal({ text })
  })

  it('answers functions that call functions', async () => {
    const call = async (name: string, event: unknown) => payload(await invoke('calls-mjs', { name, event }))
    expect(await call('echo-mjs', { a: 1 })).to.deep.equal({ status: 200, body: { a: 1 } })
    expect(await call('outcomes-mjs', { way: 'throws' })).to.deep.include({ status: 200, error: 'Unhandled' })
    expect(await call('nope', {})).to.deep.include({ status: 404 })
    expect(await call('logs-mjs/../echo-mjs', {}))
      .to.have.property('status')
      .that.is.at.least(400)
  })

  it('ends a function that waits for itself at its timeout', async () => {
    const answer = await invoke('calls-mjs', { name: 'calls-mjs', event: {} })
    expect(payload(answer)).to.have.property('errorType', 'Sandbox.Timedout')
    expect(payload(await invoke('echo-mjs', 'still here'))).to.equal('still here')
  })

  /** What the service refuses: the call, the error's name, the status. */
  const REFUSED: readonly (readonly [string, Partial<InvokeCommandInput>, string, number, RegExp])[] = [
    ['an unknown function', { FunctionName: 'nope' }, 'ResourceNotFoundException', 404, /function:nope.*outcomes-mjs, echo-mjs/],
    [
      'an unknown function of an ARN',
      { FunctionName: 'arn:aws:lambda:us-east-1:123456789012:function:nope' },
      'ResourceNotFoundException',
      404,
      /nope/,
    ],
    ['a name that is none', { FunctionName: 'a b' }, 'InvalidParameterValueException', 400, /a b/],
    ['broken JSON', { Payload: '{"a":' }, 'InvalidRequestContentException', 400, /^Could not parse request body into json/],
    ['a BOM', { Payload: '\ufeff{}' }, 'InvalidRequestContentException', 400, /^Could not parse request body into json/],
    ['no UTF-8', { Payload: Uint8Array.from([0x22, 0xff, 0x22]) }, 'InvalidRequestContentException', 400, /not parse/],
    ['more than 6 MiB', { Payload: `"${'x'.repeat(6_291_455)}"` }, 'RequestTooLargeException', 413, /smaller than 6291456 bytes/],
    [
      'an Event of more than 1 MiB',
      { Payload: `"${'x'.repeat(1_048_575)}"`, InvocationType: 'Event' },
      'RequestTooLargeException',
      413,
      /1048576/,
    ],
    [
      'an unknown invocation type',
      { InvocationType: 'Later' as 'Event' },
      'InvalidParameterValueException',
      400,
      /x-amz-invocation-type/,
    ],
  ]
  for (const [what, input, name, status, text] of REFUSED) {
    it(`refuses ${what} with ${status} ${name}`, async () => {
      const error = await refused(invoke('echo-mjs', {}, input))
      expect(error).to.include({ name, status })
      expect(error?.message).to.match(text)
    })
  }

  it('refuses what would wait behind a hundred others, and runs those', async () => {
    const all = await Promise.all(
      Array.from({ length: 110 }, () =>
        invoke('slow-mjs', {}, { InvocationType: 'Event' }).then(
          ({ StatusCode }) => StatusCode,
          ({ name }: Error) => name,
        ),
      ),
    )
    expect(all.filter((one) => one === 202)).to.have.lengthOf(101)
    expect(all.filter((one) => one === 'TooManyRequestsException')).to.have.lengthOf(9)
    expect(payload(await invoke('echo-mjs', 'others are not kept'))).to.equal('others are not kept')
  })

  /** Raw requests, and the status line that they get. */
  const RAW: readonly (readonly [string, string, RegExp])[] = [
    ['a request of a web page', post(INVOKE, { Origin: 'http://evil.invalid' }), /^HTTP\/1\.1 403 /],
    ['a request of a page of unknown origin', post(INVOKE, { Origin: 'null' }), /^HTTP\/1\.1 403 /],
    ['a navigation of a browser', post(INVOKE, { 'Sec-Fetch-Site': 'cross-site' }), /^HTTP\/1\.1 403 /],
    ['a name that was rebound', post(INVOKE, { Host: 'evil.invalid' }), /^HTTP\/1\.1 403 /],
    ['a name that only begins as loopback', post(INVOKE, { Host: '127.0.0.1.evil.invalid' }), /^HTTP\/1\.1 403 /],
    ['a loopback name that only stands in front', post(INVOKE, { Host: 'localhost@evil.invalid' }), /^HTTP\/1\.1 403 /],
    ['no Host', `POST ${INVOKE} HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}`, /^HTTP\/1\.1 403 /],
    ['the name localhost', post(INVOKE, { Host: 'localhost:1' }), /^HTTP\/1\.1 200 /],
    ['the address ::1', post(INVOKE, { Host: '[::1]:3001' }), /^HTTP\/1\.1 200 /],
    ['an unknown path', post('/2015-03-31/functions', {}), /^HTTP\/1\.1 404 [\s\S]*UnknownOperationException/],
    ['a path up the tree', post('/2015-03-31/functions/../../etc/passwd', {}), /^HTTP\/1\.1 404 /],
    ['a name that is no percent code', post('/2015-03-31/functions/%ff/invocations', {}), /^HTTP\/1\.1 400 /],
    ['a name of an object of ours', post('/2015-03-31/functions/__proto__/invocations', {}), /^HTTP\/1\.1 404 /],
    ['another method', `GET ${INVOKE} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, /^HTTP\/1\.1 405 /],
    [
      'response streaming',
      post('/2021-11-15/functions/echo-mjs/response-streaming-invocations', {}),
      /^HTTP\/1\.1 501 [\s\S]*UnsupportedOperation/,
    ],
    ['a huge header', post(INVOKE, { 'X-Amz-Client-Context': 'x'.repeat(100_000) }), /^HTTP\/1\.1 431 /],
    ['garbage', 'GARBAGE\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'garbage after a request',
      `${post(INVOKE, { 'X-A': 'b' }).replace('close', 'keep-alive')}GARBAGE\r\n\r\n`,
      /^HTTP\/1\.1 (?:200|400) /,
    ],
    [
      'two lengths',
      `POST ${INVOKE} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
      /^HTTP\/1\.1 400 /,
    ],
    [
      'a body that ends too soon',
      `POST ${INVOKE} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n{}`,
      /^(?:HTTP\/1\.1 400 |$)/,
    ],
  ]
  for (const [what, text, status] of RAW) {
    it(`answers ${what} and goes on`, async () => {
      expect(await raw(server.port, text, what.includes('ends too soon'))).to.match(status)
      expect(payload(await invoke('echo-mjs', 'still here'))).to.equal('still here')
    })
  }

  it('lets go of a caller that does not wait for its answer', async () => {
    const stop = new AbortController()
    const left = client.send(new InvokeCommand({ FunctionName: 'outcomes-mjs', Payload: '{"way":"waits"}' }), {
      abortSignal: stop.signal,
    })
    setImmediate(() => stop.abort())
    expect(((await left.catch((error: Error) => error)) as Error).name).to.equal('AbortError')
    expect(payload(await invoke('outcomes-mjs', { way: 'returns' }))).to.deep.equal({ statusCode: 200, body: 'ok' })
  })
})

describe('eventfuzz serve, started and stopped', function () {
  this.timeout(60_000)

  /** Wrong use: the arguments, the exit code, and what the one line must say. */
  const WRONG: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['an address that others reach', ['echo.mjs', '--host', '0.0.0.0'], 2, /--host 0\.0\.0\.0: .*loopback only/],
    ['a name that is not loopback', ['echo.mjs', '--host', '127.0.0.1.evil.invalid'], 2, /loopback only/],
    ['a port that is none', ['echo.mjs', '--port', '70000'], 2, /--port/],
    ['a file that is not there', ['missing.mjs'], 3, /No such file: .*missing\.mjs/],
    ['nothing to serve', [], 2, /Nothing to test/],
  ]
  for (const [what, args, status, text] of WRONG) {
    it(`answers ${what} with ${status} and one line`, () => {
      const ran = eventfuzz(dir, 'serve', ...args)
      expect(ran.status, ran.stderr).to.equal(status)
      expect(ran.stderr).to.match(text)
      expect(ran.stderr.trimEnd().split('\n')).to.have.lengthOf(1)
      expect(ran.stdout).to.equal('')
    })
  }

  it('says that its port is taken', async () => {
    const server = await startServer(dir, 'echo.mjs')
    const ran = eventfuzz(dir, 'serve', 'echo.mjs', '--port', String(server.port))
    expect(ran.status, ran.stderr).to.equal(2)
    expect(ran.stderr).to.match(/EADDRINUSE.*--port/)
    expect(await server.stop()).to.equal(0)
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`stops on ${signal} while functions run, and leaves no process behind`, async () => {
      const server = await startServer(dir, 'outcomes.mjs', 'echo.mjs', '--timeout', '900s')
      const headers = { Host: '127.0.0.1' }
      await fetch(`${server.endpoint}${INVOKE}`, { method: 'POST', body: '{}' })
      const waiting = raw(server.port, post('/2015-03-31/functions/outcomes-mjs/invocations', headers, '{"way":"spins"}'))
      await untilOpened(server)
      const started = descendants(server.child.pid!)
      expect(started.length).to.be.greaterThan(1)
      expect(await server.stop(signal)).to.equal(0)
      expect(await waiting).to.equal('')
      expect(started.filter(isRunning)).to.deep.equal([])
    })
  }
})

/** Processes of the second function are there: more than one of each, and of the sidecar. */
async function untilOpened(server: Server): Promise<void> {
  while (descendants(server.child.pid!).filter((pid) => commandOf(pid).includes('bootstrap.js')).length < 3)
    await new Promise((resolve) => setTimeout(resolve, 20))
}
