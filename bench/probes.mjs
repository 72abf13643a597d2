// What probes and rules cost: events that run in their own sandboxed process and are judged by every rule, beside a bare call here.
import { fileURLToPath } from 'node:url'
import { sourceOf } from '../dist/events/index.js'
import { caseMaker } from '../dist/generate/index.js'
import { localInvoker } from '../dist/invokers/local.js'
import { oracles } from '../dist/oracles/index.js'

const ROUNDS = Number(process.env.ROUNDS ?? 9)
Symbol.asyncDispose ??= Symbol.for('nodejs.asyncDispose')
const handlers = fileURLToPath(new URL('handlers', import.meta.url))
const signal = new AbortController().signal
const BATCH = 32
const maker = caseMaker(sourceOf('apigw-v2'), {}, 1)
const post = maker.templates([]).find(({ wire }) => wire.body.kind === 'json')
const draft = maker.withValue(post, { wire: '/body/value/id', control: 'attacker', encodings: [], kind: 'leaf' }, '{{canary}}')
const invoker = await localInvoker({ node: process.execPath, sandbox: undefined, executeSinks: false })

async function timed(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}

let n = 0
async function judged(session, cases) {
  for (let from = 0; from < cases.length; from += BATCH) {
    const part = cases.slice(from, from + BATCH)
    const batch = part.map(({ steps }) => ({ n: n++, text: steps[0].text, mode: 'proof', deadlineMs: 3_000 }))
    for (const [i, observation] of (await session.run(batch, signal)).entries()) {
      const trial = { case: part[i], observations: [observation], secrets: session.secrets }
      for (const oracle of oracles)
        if ([...oracle.judge(trial)].length > 0) throw new Error(`${oracle.id} speaks of a handler without a bug`)
    }
  }
}

async function measure(file, count, goal) {
  const opened = await invoker.open({
    ...{ id: file, file: `${handlers}/${file}`, export: 'handler', root: handlers, runtime: 'nodejs22.x', sources: ['apigw-v2'] },
    ...{ triggers: {}, environment: {}, timeoutMs: 1_000, memoryMb: 256, role: null, fixtures: [] },
  })
  if (opened.kind !== 'open') throw new Error(opened.reason)
  const { handler } = await import(`${handlers}/${file}`)
  const cases = Array.from({ length: count }, (_, i) => maker.render(draft, i + 1))
  const bare = async () => {
    for (const { steps } of cases) JSON.stringify(await handler(JSON.parse(steps[0].text)))
  }
  await bare()
  await judged(opened.session, cases)
  const ratios = []
  for (let round = 0; round < ROUNDS; round++) {
    const yardstick = await timed(bare)
    ratios.push((await timed(() => judged(opened.session, cases))) / yardstick)
  }
  ratios.sort((a, b) => a - b)
  const median = ratios[Math.floor(ratios.length / 2)]
  const range = `${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)}`
  console.log(
    `probes and ${oracles.length} rules on ${file}: ${median.toFixed(2)}x (${range}); goal <= ${goal}: ${median <= goal ? 'met' : 'MISSED'}`,
  )
  await opened.session[Symbol.asyncDispose]()
}

await measure('trivial.mjs', 2_048, 8)
await measure('waits.mjs', 512, 1.3)
await invoker[Symbol.asyncDispose]()
