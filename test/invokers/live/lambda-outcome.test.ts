import { expect } from 'chai'
import { outcomeOf } from '#src/invokers/live/lambda-outcome.js'
import { ownLog, type PlatformReport, platformReport } from '#src/invokers/live/report-line.js'
import { credentialsIn, secretVariables } from '#src/invokers/live/secrets-outside.js'
import type { Outcome } from '#src/model/index.js'

const ID = '8f5a0c52-0000-4000-8000-000000000001'
const full: PlatformReport = { durationMs: 900, billedMs: 901, memoryMb: 128, maxMemoryMb: 128 }
const failed = (error: object | string, report?: PlatformReport): Outcome =>
  outcomeOf({
    functionError: 'Unhandled',
    payload: typeof error === 'string' ? error : JSON.stringify(error),
    report,
    roots: ['/var/task/', '/home/dev/shop/'],
  })

describe('what the Lambda service says of an invocation', () => {
  it('returned', () => {
    const of = (payload: string) => outcomeOf({ functionError: undefined, payload, report: undefined, roots: [] })
    expect(of('{"statusCode":200}')).to.deep.equal({ kind: 'returned', text: '{"statusCode":200}' })
    expect(of('')).to.deep.equal({ kind: 'returned', text: 'null' })
  })

  it('threw: name, message, and frames of its own files from its task root', () => {
    const trace = [
      'TypeError: no',
      '    at total (file:///var/task/src/orders.mjs:9:4)',
      '    at Runtime.handleOnce (file:///var/runtime/index.mjs:1:1)',
    ]
    expect(failed({ errorType: 'TypeError', errorMessage: 'no', trace })).to.deep.include({
      ...{ kind: 'threw', name: 'TypeError', message: 'no', how: 'handler', isError: true },
      stack: 'TypeError: no\n    at total (src/orders.mjs:9:4)\n    at Runtime.handleOnce (file:///var/runtime/index.mjs:1:1)',
    })
    // serverless-offline calls every error 'Error', and the task root is a directory of this machine.
    const offline = {
      errorType: 'Error',
      errorMessage: 'no',
      trace: ['RangeError: no', '    at f (file:///home/dev/shop/a.mjs:1:2)'],
    }
    expect(failed(offline)).to.deep.include({ name: 'RangeError', stack: 'RangeError: no\n    at f (a.mjs:1:2)' })
    // Python and Java name their list otherwise.
    expect(failed({ errorType: 'KeyError', errorMessage: 'x', stackTrace: ['  File "/var/task/app.py"'] })).to.include({
      name: 'KeyError',
    })
  })

  const KINDS: readonly (readonly [what: string, error: object | string, expected: object, report?: PlatformReport])[] = [
    [
      'a timeout',
      { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${ID} Error: Task timed out after 3.00 seconds` },
      { kind: 'timed-out', afterMs: 3_000 },
    ],
    [
      'an older timeout',
      { errorMessage: '2026-11-22T10:00:00.000Z x Task timed out after 0.50 seconds' },
      { kind: 'timed-out', afterMs: 500 },
    ],
    [
      'an exit',
      { errorType: 'Runtime.ExitError', errorMessage: 'Error: Runtime exited with error: exit status 7' },
      { kind: 'crashed', reason: 'exit', exitCode: 7 },
    ],
    [
      'a kill with memory left',
      { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with error: signal: killed' },
      { kind: 'crashed', reason: 'signal', signal: 'killed' },
    ],
    [
      'a kill for want of memory',
      { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with error: signal: killed' },
      { kind: 'crashed', reason: 'out-of-memory' },
      full,
    ],
    [
      'out of memory by name',
      { errorType: 'Runtime.OutOfMemory', errorMessage: 'x' },
      { kind: 'crashed', reason: 'out-of-memory' },
    ],
    [
      'an answer that is too large',
      { errorType: 'Function.ResponseSizeTooLarge', errorMessage: 'x' },
      { kind: 'threw', how: 'too-large' },
    ],
    [
      'an answer that is no JSON',
      { errorType: 'Runtime.JSONStringifyError', errorMessage: 'x' },
      { kind: 'threw', how: 'unserialisable' },
    ],
    [
      'a rejection',
      { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'TypeError: no' },
      { kind: 'threw', how: 'unhandled-rejection', name: 'TypeError', message: 'no' },
    ],
    ['no JSON', '<html>', { kind: 'threw', name: 'Error', message: '<html>', isError: false }],
    ['another JSON', '[1]', { kind: 'threw', name: 'Error', message: '' }],
    ['hostile types', { errorType: { a: 1 }, errorMessage: ['x'], trace: [{}, 2] }, { kind: 'threw', name: 'Error' }],
  ]
  for (const [what, error, expected, report] of KINDS)
    it(`failed: ${what}`, () => expect(failed(error, report)).to.deep.include(expected))
})

describe('the end of the log', () => {
  const line = (id: string, ms = '12.50') =>
    `REPORT RequestId: ${id}\tDuration: ${ms} ms\tBilled Duration: 13 ms\tMemory Size: 256 MB\tMax Memory Used: 71 MB\tInit Duration: 200.00 ms\t`
  const json = (id: string) =>
    JSON.stringify({
      time: 'x',
      type: 'platform.report',
      record: { requestId: id, metrics: { durationMs: 12.5, billedDurationMs: 13, memorySizeMB: 256, maxMemoryUsedMB: 71 } },
    })
  const expected: PlatformReport = { durationMs: 12.5, billedMs: 13, memoryMb: 256, maxMemoryMb: 71 }

  it('has the report of the platform, in both formats', () => {
    expect(platformReport(`START\nhi\nEND\n${line(ID)}\n`, ID)).to.deep.equal(expected)
    expect(platformReport(`{"type":"platform.start"}\n${json(ID)}\n`, ID)).to.deep.equal(expected)
  })

  it('takes no line that the function printed for the report', () => {
    const forged = line('00000000-0000-4000-8000-000000000009', '0.01')
    expect(platformReport(`${line(ID)}\n${forged}\n`, ID)).to.deep.equal(expected)
    expect(platformReport(forged, ID)).to.equal(undefined)
    expect(platformReport('{"type":"platform.report","record":7}\n"platform.report"{', ID)).to.equal(undefined)
  })

  it("leaves the function's own lines", () => {
    expect(ownLog(`START RequestId: ${ID} Version: 1\nhi there\nRESTART\nEND RequestId: ${ID}\n${line(ID)}`)).to.equal(
      'hi there\nRESTART',
    )
  })
})

describe('secrets of a deployed function', () => {
  it('are variables with a telling name and value', () => {
    const variables = {
      API_TOKEN: 'tok-4f1c9e77',
      DB_PASSWORD: 'hunter2hunter2',
      TABLE: 'orders-table',
      SECRET_ARN: 'arn:aws:secretsmanager:x',
      PIN_TOKEN: '1234',
    }
    expect(secretVariables(variables).map(({ name }) => name)).to.deep.equal(['API_TOKEN', 'DB_PASSWORD'])
  })

  it('are credentials of its role, by their form', () => {
    const dump = JSON.stringify({
      AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      AWS_REGION: 'x',
    })
    for (const text of [dump, JSON.stringify(dump)])
      expect(credentialsIn(text).map(({ name }) => name)).to.deep.equal(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
    expect(credentialsIn('ASIA is a continent; AWS_SECRET_ACCESS_KEY is a name')).to.deep.equal([])
  })
})
