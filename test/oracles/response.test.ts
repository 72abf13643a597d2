import { expect } from 'chai'
import type { ResponseContract } from '#src/model/index.js'
import { malformedResponse } from '#src/oracles/malformed-response.js'
import { secretLeak } from '#src/oracles/secret-leak.js'
import { verboseError } from '#src/oracles/verbose-error.js'
import { returned, threw, trial } from './trial-maker.js'

const SQS = { Records: [{ messageId: 'm-1' }, { messageId: 'm-2' }] }
const STREAM = { Records: [{ eventID: 'e', dynamodb: { SequenceNumber: '111' } }] }
const ALLOW = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }] }

const HTTP_API = { version: '2.0', type: 'REQUEST' }
const FIREHOSE = { records: [{ recordId: 'r', data: 'YQ==' }] }
const CONNECT = { requestContext: { eventType: 'CONNECT' } }

/** What the trigger's documentation says of an answer: the id of the problem, or null. */
const CONTRACTS: readonly (readonly [ResponseContract, answer: unknown, problem: string | null, event?: unknown])[] = [
  ['proxy-v1', { statusCode: 200, body: 'ok' }, null],
  ['proxy-v1', { statusCode: 204 }, null],
  ['proxy-v1', { statusCode: 200, body: null, headers: null }, null],
  ['proxy-v1', { statusCode: '200', body: '' }, null],
  ['proxy-v1', { statusCode: 200, headers: { a: 'b', c: 1, d: true }, body: '' }, null],
  ['proxy-v1', { statusCode: 200, multiValueHeaders: { a: ['b', 'c'] }, body: '' }, null],
  ['proxy-v1', { statusCode: 200, body: 'AA==', isBase64Encoded: true }, null],
  ['proxy-v1', undefined, 'shape'],
  ['proxy-v1', null, 'shape'],
  ['proxy-v1', 'ok', 'shape'],
  ['proxy-v1', [], 'shape'],
  ['proxy-v1', {}, 'status'],
  ['proxy-v1', { body: 'ok' }, 'status'],
  ['proxy-v1', { statusCode: 'ok' }, 'status'],
  ['proxy-v1', { statusCode: 99 }, 'status'],
  ['proxy-v1', { statusCode: 600 }, 'status'],
  ['proxy-v1', { statusCode: 200.5 }, 'status'],
  ['proxy-v1', { statusCode: null }, 'status'],
  ['proxy-v1', { statusCode: 200, body: { a: 1 } }, 'body'],
  ['proxy-v1', { statusCode: 200, body: [1] }, 'body'],
  ['proxy-v1', { statusCode: 200, headers: { a: ['b'] } }, 'headers'],
  ['proxy-v1', { statusCode: 200, headers: 'a: b' }, 'headers'],
  ['proxy-v1', { statusCode: 200, multiValueHeaders: { a: 'b' } }, 'multi-headers'],
  ['proxy-v1', { statusCode: 200, isBase64Encoded: 'yes' }, 'base64'],
  ['proxy-v2', { statusCode: 200, body: 'ok' }, null],
  ['proxy-v2', undefined, null],
  ['proxy-v2', 'ok', null],
  ['proxy-v2', { hello: 'world' }, null],
  ['proxy-v2', { body: { a: 1 } }, null],
  ['proxy-v2', { statusCode: 'ok' }, 'status'],
  ['proxy-v2', { statusCode: 200, body: { a: 1 } }, 'body'],
  ['batch', undefined, null, SQS],
  ['batch', null, null, SQS],
  ['batch', 'done', null, SQS],
  ['batch', {}, null, SQS],
  ['batch', { batchItemFailures: null }, null, SQS],
  ['batch', { batchItemFailures: [] }, null, SQS],
  ['batch', { batchItemFailures: [{ itemIdentifier: 'm-2' }] }, null, SQS],
  ['batch', { batchItemFailures: [{ itemIdentifier: '111' }] }, null, STREAM],
  ['batch', { batchItemFailures: [{ itemIdentifier: 'e' }] }, 'unknown-id', STREAM],
  ['batch', { batchItemFailures: [{ itemIdentifier: 'm-3' }] }, 'unknown-id', SQS],
  ['batch', { batchItemFailures: [{ itemIdentifier: '' }] }, 'unknown-id', SQS],
  ['batch', { batchItemFailures: [{ itemIdentifier: null }] }, 'unknown-id', SQS],
  ['batch', { batchItemFailures: [{ itemIdentifer: 'm-1' }] }, 'unknown-id', SQS],
  ['batch', { batchItemFailures: ['m-1'] }, 'unknown-id', SQS],
  ['batch', { batchItemFailures: {} }, 'failures', SQS],
  ['batch', { batchItemFailures: [] }, null, { Records: [null, 1] }],
  ['authorizer', { principalId: 'u', policyDocument: ALLOW }, null],
  ['authorizer', { principalId: 'u', policyDocument: ALLOW, context: { a: 'b', c: 1, d: true } }, null],
  ['authorizer', { principalId: 'u', policyDocument: { ...ALLOW, Statement: ALLOW.Statement[0] } }, null],
  ['authorizer', undefined, 'principal'],
  ['authorizer', true, 'principal'],
  ['authorizer', { isAuthorized: true }, 'principal'],
  ['authorizer', { policyDocument: ALLOW }, 'principal'],
  ['authorizer', { principalId: 'u' }, 'policy'],
  ['authorizer', { principalId: 'u', policyDocument: { Version: '2012-10-17', Statement: [] } }, 'policy'],
  ['authorizer', { principalId: 'u', policyDocument: ALLOW, context: { roles: ['a'] } }, 'context'],
  ['authorizer', { isAuthorized: false, context: { a: 1 } }, null, HTTP_API],
  ['authorizer', { isAuthorized: 'yes' }, 'authorized', HTTP_API],
  ['authorizer', { principalId: 'u', policyDocument: ALLOW }, null, HTTP_API],
  ['authorizer', undefined, 'principal', HTTP_API],
  ['websocket', { statusCode: 200 }, null, CONNECT],
  ['websocket', undefined, 'status', CONNECT],
  ['websocket', { statusCode: 'ok' }, 'status', CONNECT],
  ['websocket', undefined, null, { requestContext: { eventType: 'MESSAGE' } }],
  ['firehose', { records: [{ recordId: 'r', result: 'Ok', data: 'YQ==' }] }, null, FIREHOSE],
  ['firehose', { records: [{ recordId: 'r', result: 'Dropped' }] }, null, FIREHOSE],
  ['firehose', undefined, 'records', FIREHOSE],
  ['firehose', { records: [] }, 'missing-record', FIREHOSE],
  ['firehose', { records: [{ recordId: 'r', result: 'OK', data: 'YQ==' }] }, 'result', FIREHOSE],
  ['firehose', { records: [{ recordId: 'r', result: 'Ok', data: '{"a":1}' }] }, 'data', FIREHOSE],
  ['cognito', { version: '1', request: {}, response: {} }, null],
  ['cognito', undefined, 'shape'],
  ['cognito', 'event', 'shape'],
  ['cognito', { response: null }, 'response'],
  ['direct', undefined, null],
  ['async', undefined, null],
  ['async', { anything: [1] }, null],
]

describe('malformed-response', () => {
  for (const [contract, answer, problem, event] of CONTRACTS) {
    it(`${contract}: ${JSON.stringify(answer)} is ${problem ?? 'fine'}`, () => {
      const verdicts = [...malformedResponse.judge(trial({ case: { contract }, event, outcome: returned(answer) }))]
      expect(verdicts.map(({ anchor }) => anchor)).to.deep.equal(problem === null ? [] : [`contract:${contract}:${problem}`])
    })
  }
  it('says nothing of a function that threw', () => {
    expect([...malformedResponse.judge(trial({ case: { contract: 'proxy-v1' }, outcome: threw('Error') }))]).to.deep.equal([])
  })
})

const STACK = 'TypeError: no\n    at handler (/var/task/src/app.mjs:10:5)\n    at run (file:///var/runtime/index.mjs:1:2)'

const SHOWN: readonly (readonly [string, body: unknown, speaks: boolean])[] = [
  ['a raw stack', STACK, true],
  ['a stack in JSON', JSON.stringify({ error: STACK }), true],
  ['a stack as a list', JSON.stringify({ stack: STACK.split('\n') }), true],
  ['a stack as trimmed lines', JSON.stringify({ stack: STACK.split('\n').map((line) => line.trim()) }), true],
  ['a stack in HTML', `<pre>TypeError: no<br>&nbsp; &nbsp;at handler (/var/task/app.js:1:2)</pre>`, true],
  ['a single frame without a name', 'Error\n    at file:///var/task/app.mjs:10:5', true],
  [
    'a frame of Node',
    'Error: no\n    at JSON.parse (<anonymous>)\n    at Module._load (node:internal/modules/cjs/loader:1105:14)',
    true,
  ],
  ['a TypeScript frame', 'Error\n    at async Object.run (src/app.ts:3:4)', true],
  ['an anonymous frame', 'Error\n    at Object.<anonymous> (/var/task/index.cjs:3:4)', true],
  ['a message alone', 'TypeError: Cannot read properties of undefined', false],
  ['a time', 'The shop opens\nat 10:30:15 and closes at 18:00:00', false],
  ['a time at the start', 'at 10:30:15', false],
  ['a time stamp', JSON.stringify({ note: 'Delivered\n at 2026-01-01T10:30:15' }), false],
  ['a place', 'Meet us\n at (52:30:10)', false],
  ['a URL with a port', 'Find it\nat https://shop.example.com:8443/a:1', false],
  ['a ratio', 'sold\nat 3:2:1', false],
  ['a file without a line', 'see\nat src/app.js', false],
  ['prose with a file', 'An error at app.js:10:5 was logged', false],
]

describe('verbose-error', () => {
  for (const [name, body, speaks] of SHOWN) {
    it(`${speaks ? 'speaks at' : 'is silent at'} ${name}`, () => {
      expect([...verboseError.judge(trial({ outcome: returned({ statusCode: 500, body }) }))]).to.have.lengthOf(speaks ? 1 : 0)
    })
  }
  it('reads base64 bodies and headers, of HTTP answers only', () => {
    const body = Buffer.from(STACK).toString('base64')
    const verdicts = (value: unknown, contract: ResponseContract) => [
      ...verboseError.judge(trial({ case: { contract }, outcome: returned(value) })),
    ]
    expect(verdicts({ statusCode: 500, body, isBase64Encoded: true }, 'proxy-v1')).to.have.lengthOf(1)
    expect(verdicts({ statusCode: 500, body: '', headers: { 'x-error': STACK } }, 'proxy-v1')).to.have.lengthOf(1)
    expect(verdicts(STACK, 'proxy-v2')).to.have.lengthOf(1)
    expect(verdicts({ statusCode: 500, body, isBase64Encoded: false }, 'proxy-v1')).to.deep.equal([])
    expect(verdicts({ statusCode: 500, body: STACK }, 'async')).to.deep.equal([])
  })
})

describe('secret-leak', () => {
  const secrets = [
    { name: 'API_KEY', value: 'decoy-1234567890' },
    { name: 'EMPTY', value: '' },
    { name: 'STAGE', value: 'prod' },
  ]
  const verdicts = (value: unknown, contract: ResponseContract = 'proxy-v1') =>
    [...secretLeak.judge(trial({ case: { contract }, outcome: returned(value), secrets }))].map(({ evidence }) => evidence)

  it('names the secret, not its value', () => {
    expect(verdicts({ statusCode: 200, body: JSON.stringify({ env: { k: 'decoy-1234567890' } }) })).to.deep.equal([
      'The response holds the value of API_KEY',
    ])
  })
  it('reads headers', () => expect(verdicts({ statusCode: 200, headers: { 'x-key': 'decoy-1234567890' } })).to.have.lengthOf(1))
  it('is silent at the name', () => expect(verdicts({ statusCode: 200, body: 'API_KEY is not set' })).to.deep.equal([]))
  it('is silent at values that stand anywhere', () => expect(verdicts({ statusCode: 200, body: 'prod' })).to.deep.equal([]))
  for (const [what, text] of [
    [
      'a presigned URL',
      'https://b.s3.amazonaws.com/k?X-Amz-Credential=decoy-1234567890%2F20260102&X-Amz-Security-Token=decoy-1234567890',
    ],
    ['one in HTML', '<a href="https://b/k?X-Amz-Date=1&amp;X-Amz-Credential=decoy-1234567890&amp;x=1">'],
    [
      'the fields of a presigned form',
      JSON.stringify({ url: 'https://b', fields: { 'X-Amz-Security-Token': 'decoy-1234567890' } }),
    ],
    ['those fields in a text of JSON', JSON.stringify({ body: JSON.stringify({ 'X-Amz-Credential': 'decoy-1234567890/x' }) })],
    ['a URL of the old kind', 'https://b/k?AWSAccessKeyId=decoy-1234567890&Signature=x'],
  ] as const)
    it(`is silent at the key that ${what} names`, () => expect(verdicts({ statusCode: 200, body: text })).to.deep.equal([]))
  it('speaks of a secret beside a presigned URL', () =>
    expect(
      verdicts({ statusCode: 200, body: 'https://b/k?X-Amz-Credential=decoy-1234567890&a=1 key: decoy-1234567890' }),
    ).to.have.lengthOf(1))
  it('is silent where nobody outside reads the answer', () => expect(verdicts('decoy-1234567890', 'batch')).to.deep.equal([]))
})
