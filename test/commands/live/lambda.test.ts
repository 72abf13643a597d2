import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { ConfigError, TargetError } from '#src/model/index.js'
import { awsError, FUNCTION, functionAnswer, type StubOptions, startStub } from '../../invokers/live/aws-stub.js'
import { live, liveRun, OWNER, options, Project } from './live-run.js'

const thrown = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work
  } catch (error) {
    return error as Error
  }
  throw new Error('it did not fail')
}

describe('live runs against the Lambda service', () => {
  it('ask who they are and whether they may, say what may happen, attack, and write everything down', async () => {
    await using stub = await startStub()
    using project = new Project(live())
    const { report, steps, failure } = await liveRun(stub.url, options(project.dir))
    expect(failure).to.equal(undefined)
    expect(stub.requests.slice(0, 4)).to.deep.equal([
      'POST /',
      'GET /2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A111122223333%3Afunction%3Ashop-sandbox-orders/configuration',
      'GET /2017-03-31/tags/arn%3Aaws%3Alambda%3Aeu-central-1%3A111122223333%3Afunction%3Ashop-sandbox-orders',
      'POST /2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A111122223333%3Afunction%3Ashop-sandbox-orders/invocations DryRun',
    ])
    const said = steps.find((step) => step.kind === 'announced')
    const text = said?.kind === 'announced' ? said.lines.join('\n') : ''
    expect(text).to.include('account 111122223333').and.include('at most 40 invocations').and.include('US$ 0.0167')
    expect(text).to.match(/even valid events have effects.*mail.*charge.*delete/)
    expect(stub.invoked.length).to.be.within(20, 40)
    expect(report.run.live).to.include({ owner: OWNER, account: '111122223333', region: 'eu-central-1', audit: 'audit.jsonl' })
    expect(report.run.live?.invocations).to.equal(stub.invoked.length)
    expect(report.targets[0]).to.include({ status: 'tested', executions: stub.invoked.length, runtime: 'nodejs22.x' })
    const after = project.audit().filter((line) => line.phase === 'after')
    expect(after).to.have.lengthOf(stub.invoked.length)
    expect(after[0]).to.include({ became: 'answered', requestId: '00000000-0000-4000-8000-000000000001' })
    // 13 ms billed at 128 MB.
    expect(report.run.live?.gbSeconds).to.be.closeTo(stub.invoked.length * 0.125 * 0.013, 1e-5)
    expect(report.notTested.map(({ what }) => what).join())
      .to.include('ssrf')
      .and.include('path-traversal')
  })

  const REFUSED: readonly (readonly [guard: string, stub: StubOptions, config: object, text: RegExp])[] = [
    ['an account that is not allowed', { account: '444455556666' }, {}, /444455556666 is not in live.accounts/],
    ['the root user', { caller: 'arn:aws:iam::111122223333:root' }, {}, /root user/],
    ['a region that is not allowed', {}, { regions: ['us-east-1'] }, /eu-central-1 is not in live.regions/],
    ['a function that is not allowed', {}, { functions: [] }, /not in live.functions/],
    ['a function without the tag', { tags: {} }, {}, /tag eventfuzz=allowed/],
    ['a function tagged as production', { tags: { eventfuzz: 'allowed', stage: 'prod' } }, {}, /looks like production/],
    [
      'a function of another account',
      { configuration: { FunctionArn: FUNCTION.replace('1111', '9999') } },
      {},
      /not in the account/,
    ],
    ['a DryRun that is not accepted', { dryRun: 200 }, {}, /DryRun/],
  ]
  for (const [what, stubOptions, config, text] of REFUSED) {
    it(`send nothing to ${what}`, async () => {
      await using stub = await startStub(stubOptions)
      using project = new Project(live(config))
      const error = await thrown(liveRun(stub.url, options(project.dir)))
      expect(error).to.be.instanceOf(ConfigError)
      expect(error.message).to.match(text).and.not.include('\n')
      expect(stub.invoked).to.deep.equal([])
    })
  }

  it('ask nobody when the flag, the configuration or a name is wrong', async () => {
    await using stub = await startStub()
    using project = new Project(live())
    using without = new Project(undefined)
    const noFlag = { ...options(project.dir).live!, flag: false }
    expect((await thrown(liveRun(stub.url, options(project.dir, { live: noFlag })))).message).to.include('--live')
    expect((await thrown(liveRun(stub.url, options(without.dir)))).message).to.include('not enough')
    const prod = options(project.dir, { targets: [`${FUNCTION}:prod`] })
    expect((await thrown(liveRun(stub.url, prod))).message).to.include('looks like production')
    writeFileSync(path.join(project.dir, 'eventfuzz.stop'), '')
    expect((await thrown(liveRun(stub.url, options(project.dir)))).message).to.include('stop file')
    expect(stub.requests).to.deep.equal([])
    expect(existsSync(path.join(project.dir, '.eventfuzz'))).to.equal(false)
  })

  const BEFORE: readonly (readonly [what: string, stub: StubOptions, exit: 2 | 3, text: RegExp])[] = [
    [
      'expired credentials',
      { sts: stsError('ExpiredToken', 'The security token included in the request is expired') },
      2,
      /credentials.*expired/,
    ],
    [
      'wrong credentials',
      { sts: stsError('InvalidClientTokenId', 'The security token included in the request is invalid.') },
      2,
      /credentials.*invalid/,
    ],
    [
      'a missing right',
      { lookUp: awsError(403, 'AccessDeniedException', 'not authorized to perform: lambda:GetFunctionConfiguration') },
      2,
      /GetFunctionConfiguration/,
    ],
    [
      'a function that does not exist',
      { lookUp: awsError(404, 'ResourceNotFoundException', 'Function not found') },
      3,
      /does not exist/,
    ],
    [
      'a service that resets',
      { lookUp: (response) => response.socket?.resetAndDestroy() },
      3,
      /no answer that can be read: ECONNRESET/,
    ],
  ]
  for (const [what, stubOptions, exit, text] of BEFORE) {
    it(`end with one line and ${exit} for ${what}`, async () => {
      await using stub = await startStub(stubOptions)
      using project = new Project(live())
      const error = await thrown(liveRun(stub.url, options(project.dir)))
      expect(error).to.be.instanceOf(exit === 2 ? ConfigError : TargetError)
      expect(error.message).to.match(text).and.not.include('\n')
      expect(stub.invoked).to.deep.equal([])
    })
  }

  it('end with one line when nobody says the region', async () => {
    using project = new Project(live({ targets: { orders: 'shop-sandbox-orders' } }))
    const error = await thrown(liveRun(undefined, options(project.dir, { targets: ['orders'] })))
    expect(error).to.be.instanceOf(ConfigError)
    expect(error.message).to.include('no region').and.not.include('\n')
  })
})

function stsError(code: string, message: string): NonNullable<StubOptions['sts']> {
  return (response) => {
    response.writeHead(403, { 'content-type': 'text/xml' })
    response.end(
      `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
    )
  }
}

describe('live runs in which something goes wrong', () => {
  /** Good for so many invocations, then the other answer. */
  const after = (n: number, then: NonNullable<StubOptions['invoke']>): StubOptions => ({
    invoke: (response, event, i, id) =>
      i > n ? then(response, event, i, id) : functionAnswer(response, id, JSON.stringify({ statusCode: 200, body: '{}' })),
  })
  const GOOD = 12

  const WRONG: readonly (readonly [what: string, then: NonNullable<StubOptions['invoke']>, exit: 2 | 3, text: RegExp])[] = [
    [
      'a key that is disabled',
      awsError(502, 'KMSDisabledException', 'Lambda was unable to decrypt the environment variables'),
      3,
      /cannot be started by Lambda: KMSDisabled/,
    ],
    [
      'a snapshot that cannot be restored',
      awsError(400, 'SnapStartException', 'afterRestore failed'),
      3,
      /cannot be started by Lambda: SnapStart/,
    ],
    [
      'credentials that expire',
      awsError(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
      2,
      /refuses the credentials: ExpiredToken/,
    ],
    ['a function that is deleted', awsError(404, 'ResourceNotFoundException', 'Function not found'), 3, /does not exist/],
    ['connections that are reset', (response) => response.socket?.resetAndDestroy(), 3, /ECONNRESET/],
    [
      'answers that are cut off',
      (response) => {
        response.writeHead(200, { 'content-length': '500' })
        response.write('{"statusCode":')
        setImmediate(() => response.socket?.destroy())
      },
      3,
      /no answer that can be read/,
    ],
    [
      'answers over the limit',
      (response) => {
        response.writeHead(200)
        const flood = () => {
          while (response.write(MEGABYTE));
          response.once('drain', flood)
        }
        response.on('error', () => undefined)
        flood()
      },
      3,
      /more than 22020096 bytes/,
    ],
    ['a service that fails', awsError(500, 'ServiceException', 'oops'), 3, /ServiceException: oops/],
  ]
  for (const [what, then, exit, text] of WRONG) {
    it(`end with one line, ${exit} and the report of what was done: ${what}`, async () => {
      await using stub = await startStub(after(GOOD, then))
      using project = new Project(live())
      const { report, failure, store } = await liveRun(stub.url, options(project.dir))
      expect(failure?.exit).to.equal(exit)
      expect(failure?.why).to.match(text).and.not.include('\n')
      expect(report.run.live?.stoppedBy).to.equal(failure?.why)
      expect(existsSync(path.join(store.dir, 'report.json'))).to.equal(true)
      // Once, or three times where it might have been an accident; with two at a time one more may be under way.
      expect(stub.invoked.length).to.be.within(GOOD + 1, GOOD + 4)
      expect(report.notTested.map(({ why }) => why).join('\n')).to.match(text)
      expect(report.findings).to.deep.equal([])
    })
  }

  it('slow down when the function is throttled, and lose nothing', async () => {
    let refused = 0
    await using stub = await startStub({
      invoke: (response, event, n, id) =>
        n % 10 === 0 && refused++ < 3
          ? awsError(429, 'TooManyRequestsException', 'Rate Exceeded.')(response)
          : functionAnswer(response, id, JSON.stringify({ statusCode: 200, body: String(event.length) })),
    })
    using project = new Project(live())
    const { report, failure } = await liveRun(stub.url, options(project.dir))
    expect(failure).to.equal(undefined)
    expect(report.run.live).to.include({ throttled: refused })
    expect(refused).to.be.within(1, 3)
    // Each throttled event came again.
    const twice = stub.invoked.filter((event, i) => stub.invoked.indexOf(event) !== i)
    expect(twice).to.have.lengthOf(refused)
  })

  it('leave out an event that the service does not take, and go on', async () => {
    await using stub = await startStub({
      invoke: (response, _event, n, id) =>
        n === 5
          ? awsError(413, 'RequestTooLargeException', 'Request must be smaller than 6291456 bytes')(response)
          : functionAnswer(response, id, JSON.stringify({ statusCode: 200, body: '{}' })),
    })
    using project = new Project(live())
    const { report, failure } = await liveRun(stub.url, options(project.dir))
    expect(failure).to.equal(undefined)
    expect(report.targets[0]?.status).to.equal('tested')
    expect(project.audit().filter((line) => line.phase === 'after' && line.became === 'unfit')).to.have.lengthOf(1)
  })
})

const MEGABYTE = Buffer.alloc(1024 * 1024, 120)
