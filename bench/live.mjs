// Live runs beside a bare undici loop on the same server, in turns; and the memory of a long run (--memory [invocations]).
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { systemClock } from '../dist/invokers/live/clock.js'
import { Gate } from '../dist/invokers/live/gate.js'
import { httpLine } from '../dist/invokers/live/http-line.js'
import { Journal } from '../dist/invokers/live/journal.js'
import { Commits } from '../dist/invokers/live/line-file.js'
import { LiveSession } from '../dist/invokers/live/live-session.js'

Symbol.dispose ??= Symbol.for('nodejs.dispose')
Symbol.asyncDispose ??= Symbol.for('nodejs.asyncDispose')

const ROUNDS = Number(process.env.ROUNDS ?? 9)
const EACH = 2_000
const CONCURRENCY = 8
const GOAL = 0.8
const MOST_GROWTH = 1.1
const BODY = JSON.stringify({ customerId: 'c-1', items: [{ sku: 'tea-100', quantity: 2 }], note: 'x'.repeat(400) })
const never = new AbortController().signal
const target = { id: 'api', file: '', root: '', timeoutMs: 3_000, memoryMb: 128 }

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** A server of its own process: what it costs is nothing of either side. */
async function server() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('handlers/http-server.mjs', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise((resolve) => child.stdout.once('data', (text) => resolve(String(text).trim())))
  return { url, stop: () => child.kill() }
}

async function live(url, dir, invocations) {
  const budget = { invocations, gbSeconds: 1e9, timeMs: 1e9, concurrency: CONCURRENCY, rate: 1e9 }
  const commits = new Commits()
  const journal = new Journal(path.join(dir, 'journal.jsonl'), false, commits)
  const gate = new Gate({
    commits,
    ...{ budget, stopFile: path.join(dir, 'stop'), audit: path.join(dir, 'audit.jsonl'), earlier: undefined, clock: systemClock },
  })
  const request = { method: 'POST', path: '/orders?x=1', headers: [['content-type', 'application/json']], body: BODY }
  const line = await httpLine({ url, timeoutMs: 3_000, memoryMb: 128, concurrency: CONCURRENCY, requestOf: () => request })
  const session = new LiveSession(target, line, gate, journal, undefined)
  let n = 0
  const batch = (size) => Array.from({ length: size }, () => ({ n: n++, text: `${BODY}${n}`, mode: 'proof', deadlineMs: 3_000 }))
  return {
    async run(count) {
      for (let done = 0; done < count; done += 200) {
        const seen = await session.run(batch(Math.min(200, count - done)), never)
        if (seen.some(({ lost }) => lost !== undefined)) throw new Error(seen.find(({ lost }) => lost).lost)
      }
    },
    async close() {
      await line[Symbol.asyncDispose]()
      gate[Symbol.dispose]()
      journal[Symbol.dispose]()
    },
  }
}

async function bare(pool, count) {
  let left = count
  const lane = async () => {
    while (left-- > 0) {
      const options = { method: 'POST', path: '/orders?x=1', headers: ['content-type', 'application/json'], body: BODY }
      const { body } = await pool.request(options)
      await body.text()
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, lane))
}

const timed = async (work) => {
  const started = performance.now()
  await work()
  return EACH / ((performance.now() - started) / 1000)
}

async function speed(url, dir) {
  const pool = new Pool(url, { connections: CONCURRENCY, pipelining: 1 })
  const ours = await live(url, dir, 1e9)
  await bare(pool, EACH)
  await ours.run(EACH)
  const rounds = []
  for (let i = 0; i < ROUNDS; i++) {
    const a = await timed(() => bare(pool, EACH))
    const b = await timed(() => ours.run(EACH))
    rounds.push({ a, b, ratio: b / a })
  }
  await ours.close()
  await pool.destroy()
  const ratio = median(rounds.map((one) => one.ratio))
  const rate = (name) => median(rounds.map((one) => one[name])).toFixed(0)
  console.log(
    `live requests: ${rate('b')}/s beside ${rate('a')}/s of a bare undici loop: ${ratio.toFixed(2)}; goal >= ${GOAL}: ${ratio >= GOAL ? 'met' : 'MISSED'}`,
  )
  return ratio >= GOAL
}

async function memory(url, dir, invocations) {
  const ours = await live(url, dir, invocations)
  const tenth = Math.ceil(invocations / 10)
  const heap = []
  for (let i = 0; i < 10; i++) {
    await ours.run(Math.min(tenth, invocations - i * tenth))
    globalThis.gc()
    heap.push(process.memoryUsage().heapUsed / 2 ** 20)
  }
  await ours.close()
  const growth = heap.at(-1) / heap[0]
  console.log(
    `heap over ${invocations} invocations: ${heap.map((mb) => mb.toFixed(1)).join(', ')} MB; goal at most ${MOST_GROWTH} of the first tenth: ${growth <= MOST_GROWTH ? 'met' : 'MISSED'}`,
  )
  return growth <= MOST_GROWTH
}

const dir = mkdtempSync(path.join(os.tmpdir(), 'ef-bench-live-'))
const { url, stop } = await server()
const at = process.argv.indexOf('--memory')
const met = at === -1 ? await speed(url, dir) : await memory(url, dir, Number(process.argv[at + 1] ?? 100_000))
stop()
rmSync(dir, { recursive: true, force: true })
process.exit(met ? 0 : 1)
