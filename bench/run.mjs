// Speed as ratios: each measurement beside its yardstick, in the same run, interleaved; medians of the rounds are reported.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { discoverProject } from '../dist/commands/targets.js'
import { readConfig } from '../dist/config/index.js'
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

/** Milliseconds until a node process with these arguments has ended. */
function wall(args, cwd) {
  const started = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  return performance.now() - started
}

function oneProject() {
  const values = []
  for (let round = 0; round < ROUNDS; round++) {
    const empty = wall(['-e', '0'], root)
    values.push(wall([cli, 'list', '--json'], `${root}examples/shop`) - empty)
  }
  say('list of the shop, without an empty node', '< 500 ms', values, ' ms', (value) => value < 500)
}

const smallTemplate = (n) => `AWSTemplateFormatVersion: 2010-09-09
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs22.x, Timeout: 10 } }
Resources:
  Table${n}: { Type: AWS::Serverless::SimpleTable }
  Queue${n}: { Type: AWS::SQS::Queue }
  Api${n}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Policies: [{ DynamoDBCrudPolicy: { TableName: !Ref Table${n} } }]
      Events: { Get: { Type: HttpApi, Properties: { Method: get, Path: '/${n}/{id}' } } }
  Worker${n}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Environment: { Variables: { QUEUE: !GetAtt Queue${n}.Arn } }
      Events: { Queue: { Type: SQS, Properties: { Queue: !GetAtt Queue${n}.Arn } } }
`

/** Makes `count` small SAM projects below one root. */
function manyTemplates(count) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-bench-'))
  for (let n = 0; n < count; n++) {
    mkdirSync(path.join(dir, `p${n}/src`), { recursive: true })
    writeFileSync(path.join(dir, `p${n}/template.yaml`), smallTemplate(n))
    writeFileSync(path.join(dir, `p${n}/src/app.mjs`), 'export const handler = async () => ({ statusCode: 200 })\n')
  }
  return dir
}

/** A template among a thousand against a template among ten; both sides read a thousand, the configuration aside. */
async function manyProjects() {
  const [few, many] = [10, 1_000].map(manyTemplates)
  try {
    const config = await readConfig(few)
    const cost = async (dir, reads, count) => {
      const started = performance.now()
      for (let read = 0; read < reads; read++) {
        const { functions, problems } = await discoverProject(config, dir)
        if (functions.length !== 2 * count || problems.length > 0) throw new Error('the templates were not read whole')
      }
      return performance.now() - started
    }
    await cost(few, 100, 10)
    const ratios = []
    const each = []
    for (let round = 0; round < ROUNDS; round++) {
      const base = await cost(few, 100, 10)
      const all = await cost(many, 1, 1_000)
      ratios.push(all / base)
      each.push(all / 1_000)
    }
    const what = `cost of a template among a thousand, times one among ten (${median(each).toFixed(2)} ms each)`
    say(what, '<= 1.5', ratios, 'x', (value) => value <= 1.5)
  } finally {
    for (const dir of [few, many]) rmSync(dir, { recursive: true, force: true })
  }
}

const only = process.argv[2]
if (only === undefined || only === 'help') help()
if (only === undefined || only === 'executions') await executions()
if (only === undefined || only === 'project') {
  oneProject()
  await manyProjects()
}
if (only === undefined || only === 'first') {
  const seconds = []
  for (let round = 0; round < ROUNDS; round++) seconds.push(await firstFinding())
  say('first finding on the demo', '<= 5 s', seconds, ' s', (value) => value <= 5)
}
spawnSync(process.execPath, [`${root}scripts/check-package.mjs`], { stdio: 'inherit' })
