// Speed as ratios: each measurement beside its yardstick, in the same run, interleaved; medians of the rounds are reported.
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { localInvoker } from '../dist/invokers/local.js'

const ROUNDS = Number(process.env.ROUNDS ?? 9)
// Node 20 knows the protocol only by what TypeScript compiles it to.
Symbol.asyncDispose ??= Symbol.for('nodejs.asyncDispose')
const root = fileURLToPath(new URL('..', import.meta.url))
const cli = `${root}dist/cli/main.js`

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const spread = (values) => `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`

function say(what, goal, values, unit, met) {
  const middle = median(values)
  console.log(`${what}: ${middle.toFixed(2)}${unit} (${spread(values)}); goal ${goal}: ${met(middle) ? 'met' : 'MISSED'}`)
}

/** Seconds from the command to the first proven finding on the demo, on an installed tree. */
function firstFinding() {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(process.execPath, [cli, 'fuzz', '--runs', '3000', '--seed', '1', '--output-dir', '.eventfuzz/bench'], {
      cwd: `${root}examples/shop`,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let seconds
    child.stderr.on('data', (chunk) => {
      if (seconds !== undefined || !/^found /m.test(String(chunk))) return
      seconds = (performance.now() - started) / 1000
      child.kill('SIGINT')
    })
    child.once('exit', () => (seconds === undefined ? reject(new Error('the demo found nothing')) : resolve(seconds)))
  })
}

const handlerFile = fileURLToPath(new URL('handlers/trivial.mjs', import.meta.url))
const target = {
  id: 'trivial',
  file: handlerFile,
  export: 'handler',
  root: fileURLToPath(new URL('handlers', import.meta.url)),
  runtime: 'nodejs22.x',
  sources: ['apigw-v1'],
  triggers: {},
  environment: {},
  timeoutMs: 3000,
  memoryMb: 256,
  role: null,
  fixtures: [],
}

async function executions() {
  const { handler } = await import(handlerFile)
  const text = spawnSync(process.execPath, [cli, 'generate', 'apigw-v1', '--count', '1', '--seed', '1', '--bare'], {
    encoding: 'utf8',
  }).stdout.trim()
  const invoker = await localInvoker({ node: process.execPath, sandbox: undefined })
  const opened = await invoker.open(target)
  const { session } = opened
  const signal = new AbortController().signal
  const COUNT = 2_048
  let n = 0
  const bare = async () => {
    for (let i = 0; i < COUNT; i++) await handler(JSON.parse(text))
  }
  const hosted = async () => {
    for (let i = 0; i < COUNT; i += 32)
      await session.run(
        Array.from({ length: 32 }, () => ({ n: n++, text, mode: 'proof', deadlineMs: 3000 })),
        signal,
      )
  }
  const timed = async (work) => {
    const started = performance.now()
    await work()
    return performance.now() - started
  }
  await bare()
  await hosted()
  const ratios = []
  const rates = []
  for (let round = 0; round < ROUNDS; round++) {
    const direct = await timed(bare)
    const inside = await timed(hosted)
    ratios.push((direct / inside) * 100)
    rates.push(COUNT / (inside / 1000))
  }
  say(
    `executions on a trivial handler, share of a bare loop (sandbox ${invoker.sandbox.level}, ${Math.round(median(rates))}/s)`,
    '>= 10 %',
    ratios,
    ' %',
    (value) => value >= 10,
  )
}

function cpu(args) {
  const { stderr } = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time "$0" "$@" >/dev/null`, process.execPath, ...args], {
    encoding: 'utf8',
  })
  const [user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return user + system
}

function help() {
  const ratios = []
  for (let round = 0; round < ROUNDS; round++) {
    const empty = cpu(['-e', '0'])
    ratios.push(cpu([cli, '--help']) / empty)
  }
  say('CPU of --help, times an empty node', '<= 1.5', ratios, 'x', (value) => value <= 1.5)
}

const only = process.argv[2]
if (only === undefined || only === 'help') help()
if (only === undefined || only === 'executions') await executions()
if (only === undefined || only === 'first') {
  const seconds = []
  for (let round = 0; round < ROUNDS; round++) seconds.push(await firstFinding())
  say('first finding on the demo', '<= 5 s', seconds, ' s', (value) => value <= 5)
}
spawnSync(process.execPath, [`${root}scripts/check-package.mjs`], { stdio: 'inherit' })
