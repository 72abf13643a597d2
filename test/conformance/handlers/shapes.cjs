'use strict'
/** Handler shapes, one export each. CommonJS, as most functions are. */
const later = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value))
const live = (ms) => setTimeout(() => undefined, ms)

exports.asyncValue = async () => ({ a: 1 })
exports.asyncUndefined = async () => undefined
exports.asyncText = async () => 'text'
exports.asyncDate = async () => ({ at: new Date(0) })
exports.asyncToJson = async () => ({ toJSON: () => ({ own: true }) })
exports.asyncFunction = async () => () => 1
exports.asyncNaN = async () => ({ n: NaN, i: Infinity })
exports.asyncBuffer = async () => Buffer.from('hi')
exports.syncValue = () => ({ a: 1 })
exports.syncUndefined = () => undefined
exports.thenable = () => ({ then: (resolve) => resolve({ by: 'thenable' }) })
exports.awaited = async () => later(5, 'waited')
exports.asyncThrow = async () => {
  throw new TypeError('bad')
}
exports.syncThrow = () => {
  throw new RangeError('at once')
}
exports.throwDel = async () => {
  const error = new Error('x')
  error.name = 'Odd\x7fName'
  throw error
}
exports.throwText = async () => {
  throw 'text'
}
exports.throwNumber = async () => {
  throw 42
}
exports.throwObject = async () => {
  throw { some: 'thing' }
}
exports.throwNull = async () => {
  throw null
}
exports.throwUndefined = async () => {
  throw undefined
}
exports.throwLike = async () => {
  throw { name: 'Likeness', message: 'like an error', stack: 'Likeness: like an error' }
}
exports.circular = async () => {
  const value = {}
  value.self = value
  return value
}
exports.bigint = async () => ({ n: 1n })
exports.toJsonThrows = async () => ({
  toJSON: () => {
    throw new Error('no')
  },
})
exports.callbackOk = (event, context, callback) => callback(null, { cb: true })
exports.callbackLater = (event, context, callback) => setTimeout(callback, 5, null, { cb: 'later' })
exports.callbackError = (event, context, callback) => callback(new TypeError('cb'))
exports.callbackText = (event, context, callback) => callback('just text')
exports.callbackFalse = (event, context, callback) => callback(false, { cb: 'false is an error' })
exports.callbackNothing = (event, context, callback) => callback()
exports.callbackTwice = (event, context, callback) => {
  callback(null, 'first')
  callback(null, 'second')
}
exports.callbackWaits = (event, context, callback) => {
  live(120)
  callback(null, 'waited')
}
exports.callbackNoWait = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false
  live(120)
  callback(null, 'at once')
}
exports.succeed = (event, context) => context.succeed({ by: 'context' })
exports.fail = (event, context) => context.fail(new Error('failed'))
exports.failNothing = (event, context) => context.fail()
exports.done = (event, context) => context.done(null, 'done')
exports.doneError = (event, context) => context.done(new SyntaxError('done'))
exports.never = async () => new Promise(() => undefined)
exports.exit = async () => process.exit(0)
exports.exitCode = async () => process.exit(3)
exports.unhandled = async () => {
  Promise.reject(new RangeError('nobody'))
  return later(50, 'late')
}
exports.uncaught = async () => {
  setTimeout(() => {
    throw new EvalError('timer')
  }, 1)
  return later(100, 'late')
}
exports.slow = async () => later(10_000, 'too late')
exports.large = async () => 'x'.repeat(6 * 1024 * 1024 + 200)
exports.largest = async () => 'x'.repeat(6 * 1024 * 1024)
exports.polluting = async (event) => ({ polluted: {}.polluted === true, own: Object.keys(event) })
exports.contextKeys = async (event, context) => Object.keys(context).sort()
exports.remaining = async (event, context) => {
  const before = context.getRemainingTimeInMillis()
  await later(20)
  const after = context.getRemainingTimeInMillis()
  return { falls: after < before, below: before <= 2_000 }
}
exports.identity = async (event, context) => ({
  same: context.awsRequestId === awslambda.InvokeStore.getRequestId(),
  arn: context.invokedFunctionArn.endsWith(`:function:${process.env.AWS_LAMBDA_FUNCTION_NAME}`),
  trace: /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}/.test(process.env._X_AMZN_TRACE_ID),
})
let count = 0
exports.warm = async () => ++count
exports.logs = async () => {
  console.log('two\nlines', { a: 1 })
  console.error('bad')
  return 'logged'
}
exports.tmp = async () => {
  const fs = require('node:fs')
  const before = fs.existsSync('/tmp/mine')
  fs.writeFileSync('/tmp/mine', 'x')
  return { before, now: fs.readFileSync('/tmp/mine', 'utf8') }
}
exports.environment = async () => ({
  handler: process.env._HANDLER,
  root: __dirname === process.env.LAMBDA_TASK_ROOT,
  cwd: process.cwd() === process.env.LAMBDA_TASK_ROOT,
  tz: process.env.TZ,
  region: process.env.AWS_REGION,
  executes: process.env.AWS_EXECUTION_ENV,
})
exports.nested = { deep: { handler: async () => 'nested' } }
exports.notFunction = 'text'
exports.stream = awslambda.streamifyResponse(async (event, stream) => {
  stream.write('hi ')
  stream.end('there')
})
exports.streamHttp = awslambda.streamifyResponse(async (event, stream) => {
  const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'x-a': 'b' } })
  http.write('body')
  http.end()
})
exports.streamThrows = awslambda.streamifyResponse(async (event, stream) => {
  stream.write('part')
  throw new TypeError('mid-stream')
})
exports.streamSync = awslambda.streamifyResponse((event, stream) => {
  stream.end('sync')
})
exports.streamLate = awslambda.streamifyResponse(async (event, stream) => {
  stream.write('x')
  stream.setContentType('text/html')
})
