// What exploring costs: instrumenting a megabyte, an execution under the view and the counters, and its share of a whole run.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { instrument } from '../dist/invokers/instrument.js'
import { localInvoker } from '../dist/invokers/local.js'

Symbol.asyncDispose ??= Symbol.for('nodejs.asyncDispose')
const ROUNDS = Number(process.env.ROUNDS ?? 9)
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const say = (what, value, goal, met) => console.log(`${what}: ${value}; goal ${goal}: ${met ? 'met' : 'MISSED'}`)

// A package of many functions, as bundles have it.
const code = readFileSync(fileURLToPath(new URL('../node_modules/acorn/dist/acorn.js', import.meta.url)), 'utf8')
const times = []
for (let round = 0; round < ROUNDS; round++) {
  const started = performance.now()
  instrument(code)
  times.push((performance.now() - started) / 1_000 / (code.length / 1024 / 1024))
}
say('instrumenting a MB', `${median(times).toFixed(2)} s`, '<= 2 s', median(times) <= 2)

const handlers = fileURLToPath(new URL('handlers', import.meta.url))
const target = {
  ...{
    id: 'typical',
    file: `${handlers}/typical.mjs`,
    export: 'handler',
    root: handlers,
    runtime: 'nodejs22.x',
    sources: ['apigw-v2'],
  },
  ...{ triggers: {}, environment: {}, timeoutMs: 3_000, memoryMb: 256, role: null, fixtures: [] },
}
const invoker = await localInvoker({ node: process.execPath, sandbox: undefined })
const opened = await invoker.open(target)
const signal = new AbortController().signal
const text = JSON.stringify({ version: '2.0', rawPath: '/', requestContext: { http: { method: 'POST' } }, body: '{"id":"a"}' })
let n = 0
const timed = async (mode) => {
  const batch = Array.from({ length: 32 }, () => ({ n: n++, text, mode, deadlineMs: 3_000 }))
  const started = performance.now()
  await opened.session.run(batch, signal)
  return performance.now() - started
}
for (const mode of ['proof', 'discover', 'proof', 'discover']) await timed(mode)
const ratios = []
for (let round = 0; round < ROUNDS; round++) {
  const plain = await timed('proof')
  ratios.push((await timed('discover')) / plain)
}
say('an execution that explores, on a typical handler', `${median(ratios).toFixed(2)}x`, '<= 8x', median(ratios) <= 8)
await opened.session[Symbol.asyncDispose]()
await invoker[Symbol.asyncDispose]()

// A whole run: which of its executions only looked, and how many a second it does with everything on.
const here = fileURLToPath(new URL('.', import.meta.url))
const out = path.join(os.tmpdir(), `eventfuzz-explore-${process.pid}`)
const args = ['fuzz', 'typical.mjs', '--event', 'apigw-v2', '--runs', '3000', '--seed', '1', '-q', '--output-dir', out]
const preload = ['--import', path.join(here, 'explore-count.mjs')]
const { stderr } = spawnSync(process.execPath, [...preload, path.join(here, '../dist/cli/main.js'), ...args], {
  cwd: handlers,
  encoding: 'utf8',
})
const { proof, discover, first, last } = JSON.parse(/^COUNTED (.*)$/m.exec(stderr)[1])
const share = (100 * discover) / (proof + discover)
say('of a run of 3,000, executions that explore', `${share.toFixed(1)} %`, '<= 10 %', share <= 10)
rmSync(out, { recursive: true, force: true })

const stub = createServer((_request, response) => response.end('{}'))
await new Promise((resolve) => stub.listen(0, '127.0.0.1', resolve))
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${stub.address().port}`,
  ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' },
})
const { handler } = await import(`${handlers}/typical.mjs`)
const event = JSON.parse(text)
for (let i = 0; i < 200; i++) await handler(event)
const began = performance.now()
for (let i = 0; i < 1_000; i++) await handler(event)
const bare = 1_000 / (performance.now() - began)
const whole = (proof + discover) / (last - first)
const part = (100 * whole) / bare
say('executions of a whole run, of those of the bare loop on a typical handler', `${part.toFixed(0)} %`, '>= 40 %', part >= 40)
stub.close()
