import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { type AuditLine, audited, readLines } from '#src/invokers/live/audit-log.js'
import type { Clock } from '#src/invokers/live/clock.js'
import { Gate, type Sent } from '#src/invokers/live/gate.js'
import { Commits } from '#src/invokers/live/line-file.js'
import { TokenBucket } from '#src/invokers/live/token-bucket.js'
import type { LiveBudget } from '#src/model/index.js'

const never = new AbortController().signal

/** Time that passes only while somebody sleeps. */
class TestClock implements Clock {
  time = 0
  now = () => this.time
  sleep = async (ms: number) => {
    this.time += ms
  }
}

const BUDGET: LiveBudget = { invocations: 1_000, concurrency: 4, gbSeconds: 1_000, timeMs: 1e9, rate: 1e6 }
const sending = { target: 'orders', where: 'orders', bytes: 2, sha256: '00', worstGbSeconds: 1 }
const answeredBy = (count: () => void): Sent<string> => {
  count()
  return answered()
}
const answered = (gbSeconds = 0.1): Sent<string> => ({ kind: 'answered', requestId: 'r', gbSeconds, value: 'seen' })

describe('the gate of live runs', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'ef-gate-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  const gateOf = (budget: Partial<LiveBudget> = {}, clock: Clock = new TestClock()) =>
    new Gate({
      ...{ budget: { ...BUDGET, ...budget }, stopFile: path.join(dir, 'stop'), audit: path.join(dir, 'audit.jsonl') },
      ...{ earlier: undefined, clock, commits: new Commits() },
    })
  /** What stands in the file once this turn of the event loop is over. */
  const lines = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    return readLines<AuditLine>(path.join(dir, 'audit.jsonl'))
  }

  it('never makes one invocation more than the budget, however many want to at once', async () => {
    using gate = gateOf({ invocations: 57, concurrency: 16 })
    let [sent, running, most] = [0, 0, 0]
    const once = async () => {
      sent++
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      return answered()
    }
    const all = await Promise.all(Array.from({ length: 400 }, () => gate.send(sending, once, never)))
    expect(sent).to.equal(57)
    expect(most).to.equal(16)
    expect(all.filter((one) => one === 'seen')).to.have.lengthOf(57)
    expect(gate.stopped?.why).to.include('57 invocations')
    expect(gate.signal.aborted).to.equal(true)
  })

  it('sets the worst case aside, so that GB-seconds are not exceeded by what is under way', async () => {
    using gate = gateOf({ gbSeconds: 10, concurrency: 8 })
    let aside = 0
    const once = async () => {
      aside++
      expect(gate.spending.gbSeconds + aside).to.be.at.most(10)
      await new Promise((resolve) => setImmediate(resolve))
      aside--
      return answered(0.5)
    }
    await Promise.all(Array.from({ length: 100 }, () => gate.send(sending, once, never)))
    // 10 is reached only by what took less than it might have.
    expect(gate.spending.invocations).to.equal(19)
    expect(gate.spending.gbSeconds).to.equal(9.5)
  })

  it('takes the worst for what nobody knows the end of', async () => {
    using gate = gateOf({ gbSeconds: 2 })
    const lost = async (): Promise<Sent<string>> => ({ kind: 'lost', requestId: null, why: 'cut' })
    await gate.send(sending, lost, never)
    await gate.send(sending, lost, never)
    expect(gate.spending.gbSeconds).to.equal(2)
  })

  it('stops while the stop file is there, and says so', async () => {
    const clock = new TestClock()
    using gate = gateOf({}, clock)
    expect(await gate.send(sending, async () => answered(), never)).to.equal('seen')
    writeFileSync(path.join(dir, 'stop'), '')
    clock.time += 100
    expect(await gate.send(sending, async () => answered(), never)).to.include('stop file')
    expect(gate.spending.invocations).to.equal(1)
    expect(gate.stopped?.byHand).to.equal(true)
  })

  it('begins nothing after its time', async () => {
    const clock = new TestClock()
    using gate = gateOf({ timeMs: 1_000 }, clock)
    await gate.send(sending, async () => answered(), never)
    clock.time = 1_000
    expect(await gate.send(sending, async () => answered(), never)).to.equal('its time is up')
    expect(gate.spending.invocations).to.equal(1)
  })

  it('sends again what was throttled, and only that; it costs nothing', async () => {
    const clock = new TestClock()
    using gate = gateOf({}, clock)
    const answers: Sent<string>[] = [{ kind: 'throttled', requestId: 'a' }, { kind: 'throttled', requestId: 'b' }, answered()]
    expect(await gate.send(sending, async () => answers.shift()!, never)).to.equal('seen')
    expect(gate.throttled).to.equal(2)
    expect(gate.spending.invocations).to.equal(1)
    expect(clock.time).to.be.greaterThan(500)
    expect((await lines()).map((line) => (line.phase === 'after' ? line.became : line.phase))).to.deep.equal([
      ...['before', 'throttled', 'before', 'throttled', 'before', 'answered'],
    ])
  })

  it('gives up on what is throttled for ever', async () => {
    using gate = gateOf()
    const throttled = async (): Promise<Sent<string>> => ({ kind: 'throttled', requestId: null })
    expect(await gate.send(sending, throttled, never)).to.include('throttled again and again')
    expect(gate.stopped?.exit).to.equal(3)
    expect(gate.spending.invocations).to.equal(0)
  })

  it('never sends again what may have run, and ends after three in a row', async () => {
    using gate = gateOf()
    let sent = 0
    const lost = async (): Promise<Sent<string>> => {
      sent++
      return { kind: 'lost', requestId: null, why: 'ECONNRESET' }
    }
    for (let i = 0; i < 5; i++) await gate.send(sending, lost, never)
    expect(sent).to.equal(3)
    expect(gate.stopped).to.deep.equal({ why: 'ECONNRESET', exit: 3 })
  })

  it('writes each invocation down before it is sent, and what became of it after', async () => {
    using gate = gateOf()
    let seen = ''
    await gate.send(
      sending,
      async () => {
        seen = readFileSync(path.join(dir, 'audit.jsonl'), 'utf8')
        return answered(0.25)
      },
      never,
    )
    expect(seen.trim().split('\n')).to.have.lengthOf(1)
    expect(JSON.parse(seen)).to.include({ phase: 'before', n: 1, target: 'orders', sha256: '00' })
    expect((await lines())[1]).to.include({ phase: 'after', n: 1, became: 'answered', requestId: 'r', gbSeconds: 0.25 })
  })

  it('goes on counting where an earlier part ended, and takes what was under way for done', async () => {
    using first = gateOf({ invocations: 5 })
    await first.send(sending, async () => answered(0.25), never)
    void first.send(sending, () => new Promise<Sent<string>>(() => undefined), never)
    await new Promise((resolve) => setImmediate(resolve))
    const earlier = audited(await lines())
    expect(earlier.inFlight.map(({ n }) => n)).to.deep.equal([2])
    expect(earlier).to.include({ invocations: 2, gbSeconds: 1.25, last: 2 })
    using second = new Gate({
      ...{ budget: { ...BUDGET, invocations: 5 }, stopFile: path.join(dir, 'stop'), audit: path.join(dir, 'audit.jsonl') },
      ...{ earlier, clock: new TestClock(), commits: new Commits() },
    })
    let sent = 0
    for (let i = 0; i < 9; i++) await second.send(sending, async () => answeredBy(() => sent++), never)
    expect(sent).to.equal(3)
    expect((await lines()).at(-1)?.n).to.equal(5)
  })
})

describe('the token bucket of live runs', () => {
  it('lets through so many a second', async () => {
    const clock = new TestClock()
    const bucket = new TokenBucket(10, clock)
    for (let i = 0; i < 21; i++) await bucket.take(never)
    expect(clock.time).to.be.closeTo(2_000, 1e-6)
  })

  it('halves its rate and pauses longer each time it is throttled, and comes back slowly', async () => {
    const clock = new TestClock()
    const bucket = new TokenBucket(8, clock, () => 1)
    bucket.throttled()
    expect(bucket.perSecond).to.equal(4)
    await bucket.take(never)
    expect(clock.time).to.equal(500)
    bucket.throttled()
    await bucket.take(never)
    expect(clock.time).to.equal(1_500)
    for (let i = 0; i < 10; i++) bucket.answered()
    expect(bucket.perSecond).to.be.within(3, 4)
    for (let i = 0; i < 100; i++) bucket.answered()
    expect(bucket.perSecond).to.equal(8)
  })
})
