import type { Outcome } from '#src/model/index.js'

type Part = Partial<Record<string, unknown>> & { readonly kind: Outcome['kind'] }

interface Expected {
  readonly first: Part
  readonly second?: Part
  readonly log?: RegExp
}

/** One handler shape, what must become of it, and who says so. */
export interface Shape {
  readonly what: string
  readonly name: string
  readonly file?: string
  readonly event?: string
  readonly deadlineMs?: number
  /** ric3, ric4: measured with the official runtime clients; docs: AWS's documentation; client: the clients' public behaviour. */
  readonly source: 'ric3, ric4' | 'docs' | 'client'
  /** A text is the type of a load error. */
  readonly both?: Expected | string
  readonly until22?: Expected | string
  readonly from24?: Expected | string
}

const gives = (value: unknown): Expected => ({ first: { kind: 'returned', text: JSON.stringify(value) } })
const throws = (name: string, message?: string, how = 'handler'): Expected => ({
  first: { kind: 'threw', name, how, ...(message === undefined ? {} : { message }) },
})
const exits = (exitCode: number): Expected => ({ first: { kind: 'crashed', reason: 'exit', exitCode } })
const DEPRECATED = 'Runtime.CallbackHandlerDeprecated'

export const SHAPES: readonly Shape[] = [
  { what: 'an async value', name: 'asyncValue', source: 'ric3, ric4', both: gives({ a: 1 }) },
  { what: 'async undefined', name: 'asyncUndefined', source: 'ric3, ric4', both: gives(null) },
  { what: 'an async text', name: 'asyncText', source: 'client', both: gives('text') },
  { what: 'a date', name: 'asyncDate', source: 'client', both: gives({ at: '1970-01-01T00:00:00.000Z' }) },
  { what: 'a value with toJSON', name: 'asyncToJson', source: 'client', both: gives({ own: true }) },
  { what: 'a function as the value', name: 'asyncFunction', source: 'client', both: gives(null) },
  { what: 'numbers that JSON does not have', name: 'asyncNaN', source: 'client', both: gives({ n: null, i: null }) },
  { what: 'a buffer', name: 'asyncBuffer', source: 'client', both: gives({ type: 'Buffer', data: [104, 105] }) },
  { what: 'a sync value', name: 'syncValue', source: 'ric3, ric4', until22: gives(null), from24: gives({ a: 1 }) },
  { what: 'sync undefined', name: 'syncUndefined', source: 'ric3, ric4', both: gives(null) },
  { what: 'a thenable', name: 'thenable', source: 'client', both: gives({ by: 'thenable' }) },
  { what: 'a value after a timer', name: 'awaited', source: 'client', both: gives('waited') },
  { what: 'an async error', name: 'asyncThrow', source: 'ric3, ric4', both: throws('TypeError', 'bad') },
  { what: 'a sync error', name: 'syncThrow', source: 'client', both: throws('RangeError', 'at once') },
  { what: 'an error name with DEL', name: 'throwDel', source: 'ric3, ric4', both: throws('Odd%7FName') },
  { what: 'a thrown text', name: 'throwText', source: 'ric3, ric4', both: throws('string', 'text') },
  { what: 'a thrown number', name: 'throwNumber', source: 'client', both: throws('number', '42') },
  { what: 'a thrown object', name: 'throwObject', source: 'client', both: throws('object', '[object Object]') },
  { what: 'a thrown null', name: 'throwNull', source: 'client', both: throws('object') },
  { what: 'a thrown undefined', name: 'throwUndefined', source: 'client', both: throws('undefined') },
  { what: 'a thrown likeness of an error', name: 'throwLike', source: 'client', both: throws('Likeness', 'like an error') },
  {
    what: 'a circular value',
    name: 'circular',
    source: 'ric3, ric4',
    until22: throws('Error', undefined, 'unserialisable'),
    from24: throws('Runtime.JSONStringifyError', undefined, 'unserialisable'),
  },
  {
    what: 'a BigInt',
    name: 'bigint',
    source: 'ric3, ric4',
    until22: throws('Error', undefined, 'unserialisable'),
    from24: throws('Runtime.JSONStringifyError', undefined, 'unserialisable'),
  },
  {
    what: 'a toJSON that throws',
    name: 'toJsonThrows',
    source: 'client',
    until22: throws('Error', undefined, 'unserialisable'),
    from24: throws('Runtime.JSONStringifyError', undefined, 'unserialisable'),
  },
  { what: 'a callback', name: 'callbackOk', source: 'ric3, ric4', until22: gives({ cb: true }), from24: DEPRECATED },
  { what: 'a late callback', name: 'callbackLater', source: 'ric3, ric4', until22: gives({ cb: 'later' }), from24: DEPRECATED },
  {
    what: 'a callback with an error',
    name: 'callbackError',
    source: 'ric3, ric4',
    until22: throws('TypeError', 'cb'),
    from24: DEPRECATED,
  },
  { what: 'a callback with a text', name: 'callbackText', source: 'client', until22: throws('string', 'just text') },
  { what: 'a callback with false', name: 'callbackFalse', source: 'client', until22: throws('boolean', 'false') },
  { what: 'a callback with nothing', name: 'callbackNothing', source: 'client', until22: gives(null) },
  { what: 'a callback called twice', name: 'callbackTwice', source: 'client', until22: gives('first') },
  { what: 'a callback that waits for the loop', name: 'callbackWaits', source: 'ric3, ric4', until22: gives('waited') },
  {
    what: 'a callback that waits longer than the function may',
    name: 'callbackWaits',
    source: 'docs',
    deadlineMs: 60,
    until22: { first: { kind: 'timed-out', spinning: false } },
  },
  {
    what: 'a callback that does not wait',
    name: 'callbackNoWait',
    source: 'ric3, ric4',
    deadlineMs: 60,
    until22: gives('at once'),
  },
  {
    what: 'context.succeed',
    name: 'succeed',
    source: 'ric3, ric4',
    until22: gives({ by: 'context' }),
    from24: throws('TypeError'),
  },
  { what: 'context.fail', name: 'fail', source: 'client', until22: throws('Error', 'failed'), from24: throws('TypeError') },
  { what: 'context.fail with nothing', name: 'failNothing', source: 'client', until22: throws('string', 'handled') },
  { what: 'context.done', name: 'done', source: 'client', until22: gives('done'), from24: throws('TypeError') },
  { what: 'context.done with an error', name: 'doneError', source: 'client', until22: throws('SyntaxError', 'done') },
  { what: 'a promise that never settles', name: 'never', source: 'ric3, ric4', until22: gives(null), from24: exits(0) },
  { what: 'process.exit', name: 'exit', source: 'ric3, ric4', both: exits(0) },
  { what: 'process.exit with a code', name: 'exitCode', source: 'client', both: exits(3) },
  {
    what: 'an unhandled rejection',
    name: 'unhandled',
    source: 'ric3, ric4',
    both: throws('RangeError', 'nobody', 'unhandled-rejection'),
  },
  {
    what: 'an uncaught error in a timer',
    name: 'uncaught',
    source: 'ric3, ric4',
    both: throws('EvalError', 'timer', 'uncaught'),
  },
  { what: 'a handler that is too slow', name: 'slow', source: 'docs', deadlineMs: 100, both: { first: { kind: 'timed-out' } } },
  {
    what: 'an answer over the limit',
    name: 'large',
    source: 'docs',
    both: throws('Function.ResponseSizeTooLarge', undefined, 'too-large'),
  },
  { what: 'the largest answer', name: 'largest', source: 'docs', both: { first: { kind: 'returned' } } },
  {
    what: 'a __proto__ key in the event',
    name: 'polluting',
    source: 'ric3, ric4',
    both: gives({ polluted: false, own: ['__proto__', 'a'] }),
  },
  {
    what: 'the fields of the context',
    name: 'contextKeys',
    source: 'docs',
    until22: gives([
      'awsRequestId',
      'callbackWaitsForEmptyEventLoop',
      'clientContext',
      'done',
      'fail',
      'functionName',
      'functionVersion',
      'getRemainingTimeInMillis',
      'identity',
      'invokedFunctionArn',
      'logGroupName',
      'logStreamName',
      'memoryLimitInMB',
      'succeed',
    ]),
    from24: gives([
      'awsRequestId',
      'clientContext',
      'functionName',
      'functionVersion',
      'getRemainingTimeInMillis',
      'identity',
      'invokedFunctionArn',
      'logGroupName',
      'logStreamName',
      'memoryLimitInMB',
    ]),
  },
  { what: 'the time that remains', name: 'remaining', source: 'docs', both: gives({ falls: true, below: true }) },
  {
    what: 'request id, function ARN and trace id',
    name: 'identity',
    source: 'docs',
    both: gives({ same: true, arn: true, trace: true }),
  },
  {
    what: 'state that stays warm',
    name: 'warm',
    source: 'docs',
    both: { first: { kind: 'returned', text: '1' }, second: { kind: 'returned', text: '2' } },
  },
  {
    what: 'lines of the console',
    name: 'logs',
    source: 'docs',
    both: {
      first: { kind: 'returned', text: '"logged"' },
      log: /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[0-9a-f-]{36}\tINFO\ttwo\rlines \{ a: 1 \}\n\S+\t\S+\tERROR\tbad\n$/,
    },
  },
  {
    what: 'files in /tmp, which stay warm',
    name: 'tmp',
    source: 'docs',
    both: {
      first: { kind: 'returned', text: '{"before":false,"now":"x"}' },
      second: { kind: 'returned', text: '{"before":true,"now":"x"}' },
    },
  },
  { what: 'a nested export', name: 'nested.deep.handler', source: 'ric3, ric4', both: gives('nested') },
  { what: 'an export of the default', name: 'handler', file: 'default.mjs', source: 'ric3, ric4', both: gives('from default') },
  { what: 'an export that is no function', name: 'notFunction', source: 'ric3, ric4', both: 'Runtime.HandlerNotFound' },
  { what: 'an export that is not there', name: 'nowhere', source: 'ric3, ric4', both: 'Runtime.HandlerNotFound' },
  {
    what: 'a file that is not there',
    name: 'handler',
    file: 'nowhere.cjs',
    source: 'ric3, ric4',
    both: 'Runtime.ImportModuleError',
  },
  { what: 'a streamed text', name: 'stream', source: 'ric3, ric4', both: gives('hi there') },
  {
    what: 'a streamed HTTP answer',
    name: 'streamHttp',
    source: 'docs',
    both: gives({ statusCode: 201, headers: { 'x-a': 'b' }, body: 'body' }),
  },
  {
    what: 'an error in the middle of a stream',
    name: 'streamThrows',
    source: 'ric3, ric4',
    both: throws('TypeError', 'mid-stream'),
  },
  { what: 'a streaming handler that is not async', name: 'streamSync', source: 'client', both: throws('Error') },
  {
    what: 'a content type that comes too late',
    name: 'streamLate',
    source: 'client',
    both: throws('Runtime.InvalidStreamingOperation'),
  },
  {
    what: 'an unknown streaming mode',
    name: 'handler',
    file: 'mark.cjs',
    source: 'client',
    both: 'Runtime.MalformedStreamingHandler',
  },
]
