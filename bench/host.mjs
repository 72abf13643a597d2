// What it costs to run a function in its own sandboxed process: each measurement beside its yardstick, interleaved, medians.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { localInvoker } from '../dist/invokers/local.js'

const ROUNDS = Number(process.env.ROUNDS ?? 9)
// Node 20 knows the protocol only by what TypeScript compiles it to.
Symbol.asyncDispose ??= Symbol.for('nodejs.asyncDispose')
const handlers = fileURLToPath(new URL('handlers', import.meta.url))
const signal = new AbortController().signal
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const invoker = await localInvoker({ node: process.execPath, sandbox: undefined })

function say(what, goal, values, unit, met) {
  const range = `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`
  console.log(`${what}: ${median(values).toFixed(2)}${unit} (${range}); goal ${goal}: ${met(median(values)) ? 'met' : 'MISSED'}`)
}

async function timed(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}

async function open(file) {
  const opened = await invoker.open({
    ...{ id: file, file: `${handlers}/${file}`, export: 'handler', root: handlers, runtime: 'nodejs22.x', sources: ['apigw-v2'] },
    ...{ triggers: {}, environment: {}, timeoutMs: 1_000, memoryMb: 256, role: null, fixtures: [] },
  })
  if (opened.kind !== 'open') throw new Error(opened.reason)
  return opened.session
}

let n = 0
const batch = (text, count, deadlineMs = 3_000) =>
  Array.from({ length: count }, () => ({ n: n++, text, mode: 'proof', deadlineMs }))

/** Parse, call and stringify in this process: what any runtime has to do. */
const direct = (handler, text, count) => async () => {
  for (let i = 0; i < count; i++) JSON.stringify(await handler(JSON.parse(text)))
}

async function ratioOf(session, handler, text, count, size) {
  const inside = async () => {
    for (let i = 0; i < count; i += size) await session.run(batch(text, Math.min(size, count - i)), signal)
  }
  await direct(handler, text, count)()
  await inside()
  const ratios = []
  for (let round = 0; round < ROUNDS; round++) {
    const yardstick = await timed(direct(handler, text, count))
    ratios.push((await timed(inside)) / yardstick)
  }
  return ratios
}

const event = JSON.stringify({
  ...{ version: '2.0', routeKey: 'POST /things', rawPath: '/things', rawQueryString: '' },
  headers: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`x-header-${i}`, 'v'.repeat(60)])),
  requestContext: { http: { method: 'POST', path: '/things' }, stage: '$default' },
  ...{ body: '{"id":"a"}', isBase64Encoded: false },
})

const trivial = await open('trivial.mjs')
const { handler } = await import(`${handlers}/trivial.mjs`)
say(
  'batched host on a trivial handler, times parse-call-stringify',
  '<= 2.0',
  await ratioOf(trivial, handler, event, 2_048, 32),
  'x',
  (v) => v <= 2,
)
say('single round trip on a trivial handler', '<= 7', await ratioOf(trivial, handler, event, 256, 1), 'x', (v) => v <= 7)

// The same answers on both sides: the sidecar in the sandbox, a loopback server here.
const stub = createServer((_request, response) => response.end('{}'))
await new Promise((resolve) => stub.listen(0, '127.0.0.1', resolve))
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${stub.address().port}`,
  ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' },
})
const typical = await open('typical.mjs')
const { handler: typicalHandler } = await import(`${handlers}/typical.mjs`)
say(
  'batched host on a typical handler (one AWS call)',
  '<= 1.3',
  await ratioOf(typical, typicalHandler, event, 256, 32),
  'x',
  (v) => v <= 1.3,
)

const hangs = await open('hangs.mjs')
const swaps = []
for (let round = 0; round < ROUNDS; round++) {
  const warm = await timed(() => hangs.run(batch('{}', 32), signal))
  const deadline = 1_000 // The shortest that a search ever gives.
  const hung = await timed(() =>
    hangs.run([...batch('{}', 16), ...batch('{"hang":true}', 1, deadline), ...batch('{}', 15)], signal),
  )
  swaps.push(hung / (warm + deadline))
}
say('a batch with a hang in it, times a warm batch plus the deadline', '<= 1.5', swaps, 'x', (v) => v <= 1.5)

stub.close()
for (const session of [trivial, typical, hangs]) await session[Symbol.asyncDispose]()
await invoker[Symbol.asyncDispose]()
