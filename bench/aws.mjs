// What a caught AWS call costs: SDK v3 through the sidecar, beside the same SDK's round trip to a bare HTTP server on loopback.
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { localInvoker } from '../dist/invokers/local.js'

const ROUNDS = Number(process.env.ROUNDS ?? 9)
const CALLS = 100
Symbol.asyncDispose ??= Symbol.for('nodejs.asyncDispose')
const handlers = fileURLToPath(new URL('handlers', import.meta.url))
const signal = new AbortController().signal
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** Answers every request with the same empty item. */
const SERVER = `
  const { createServer } = require('node:http')
  const { parentPort } = require('node:worker_threads')
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'content-length': '2' }
  const server = createServer((request, response) => request.resume().on('end', () => response.writeHead(200, headers).end('{}')))
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

async function timed(work) {
  const started = performance.now()
  await work()
  return (performance.now() - started) / CALLS
}

const server = new Worker(SERVER, { eval: true })
const port = await new Promise((resolve) => server.once('message', resolve))
Object.assign(process.env, {
  BENCH_ENDPOINT: `http://127.0.0.1:${port}`,
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
})
const { handler } = await import('./handlers/get-items.mjs')

const invoker = await localInvoker({ node: process.execPath, sandbox: undefined })
const opened = await invoker.open({
  ...{ id: 'aws', file: `${handlers}/get-items.mjs`, export: 'handler', root: handlers, runtime: 'nodejs22.x', sources: [] },
  ...{ triggers: {}, environment: {}, timeoutMs: 30_000, memoryMb: 256, role: null, fixtures: [] },
})
if (opened.kind !== 'open') throw new Error(opened.reason)
const { session } = opened

let n = 0
const text = JSON.stringify({ count: CALLS })
async function caught() {
  const [{ outcome, aws }] = await session.run([{ n: ++n, text, mode: 'proof', deadlineMs: 30_000 }], signal)
  if (outcome.kind !== 'returned' || aws.length !== CALLS) throw new Error(`${aws.length} calls seen: ${JSON.stringify(outcome)}`)
}
const bare = () => handler({ count: CALLS })

await caught()
await bare()
const rounds = []
for (let round = 0; round < ROUNDS; round++) rounds.push({ own: await timed(bare), ours: await timed(caught) })
const ratio = median(rounds.map(({ own, ours }) => ours / own))
const ms = (key) => median(rounds.map((round) => round[key])).toFixed(3)
console.log(
  `AWS call through the sidecar: ${ms('ours')} ms, bare server: ${ms('own')} ms (medians of ${ROUNDS} rounds of ${CALLS})`,
)
console.log(`ratio: ${ratio.toFixed(2)}x; goal at most 2x: ${ratio <= 2 ? 'met' : 'MISSED'}`)

await session[Symbol.asyncDispose]()
await invoker[Symbol.asyncDispose]()
await server.terminate()
