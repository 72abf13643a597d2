import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import { descendants, killPid } from '#src/invokers/process-tree.js'
import type { Invoker, Session } from '#src/model/index.js'
import { HANDLERS, target } from './target-maker.js'

/** `npm run verify` asks for 200. */
const KILLS = Number(process.env['KILLS'] ?? 20)
const BATCH = 32

/** A sequence of numbers from a seed, so that the offsets are the same in every run. */
function* offsets(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

/** Processes of the function under test: only those that this test started. */
const hosts = (): number[] =>
  descendants(process.pid).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('harness/bootstrap.js')
    } catch {
      return false // Gone already.
    }
  })

/**
 * Ends every process of the function at once, the standby too; gives their number. They are halted first: a sandbox that is
 * killed in the middle of its start would leave behind a process that is no child of ours any more.
 */
const killHosts = (): number => {
  for (const pid of hosts()) {
    try {
      process.kill(pid, 'SIGSTOP')
    } catch {
      // Gone already.
    }
  }
  const pids = hosts()
  for (const pid of pids) killPid(pid)
  return pids.length
}

describe('a process of the function that is killed', function () {
  this.timeout(KILLS * 3_000 + 60_000)
  let invoker: Invoker
  let session: Session
  before(async () => {
    invoker = await localInvoker({ node: process.execPath, sandbox: undefined })
    const opened = await invoker.open(target({ file: `${HANDLERS}/echoes.mjs`, root: HANDLERS }))
    if (opened.kind !== 'open') throw new Error(opened.reason)
    session = opened.session
  })
  after(async () => {
    await session[Symbol.asyncDispose]()
    await invoker[Symbol.asyncDispose]()
  })

  it(`loses no event but the one in flight, ${KILLS} times`, async () => {
    const random = offsets(7)
    let hits = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const batch = Array.from({ length: BATCH }, (_, i) => ({
        n: kill * BATCH + i,
        text: `{"n":${kill * BATCH + i}}`,
        mode: 'proof' as const,
        deadlineMs: 5_000,
      }))
      let ended = false
      const running = session.run(batch, new AbortController().signal).finally(() => {
        ended = true
      })
      await new Promise((resolve) => setTimeout(resolve, random.next().value * 40))
      if (killHosts() > 0 && !ended) hits++
      const seen = await running
      expect(seen, `kill ${kill}`).to.have.lengthOf(BATCH)
      const wrong = seen.filter(({ outcome }, i) => outcome.kind !== 'returned' || outcome.text !== `{"n":${kill * BATCH + i}}`)
      expect(wrong.length, JSON.stringify(wrong.map(({ outcome }) => outcome))).to.be.at.most(1)
      for (const { outcome } of wrong) expect(outcome.kind).to.equal('crashed')
    }
    // On a busy machine a kill comes before the first event as often as in the middle of one: both are hits.
    expect(hits, 'the kills did hit').to.be.greaterThan(KILLS / 10)
  })
})
