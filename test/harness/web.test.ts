import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import type { HttpFixture, Invoker, Observation, Session, WebMode } from '#src/model/index.js'
import { HANDLERS, target } from '../invokers/target-maker.js'

const EMPTY = '200 application/json {}'

/** What each way of asking another host comes to. */
const ANSWERED: Readonly<Record<string, unknown>> = {
  http: EMPTY,
  https: EMPTY,
  head: '200 application/json ',
  xml: '200 application/xml <answer/>',
  plain: '200 text/plain ',
  fetch: EMPTY,
  undici: '{}',
  pool: '{}',
  http2: '200',
  thread: '{}',
  twice: [EMPTY, EMPTY],
  given: '402 application/json {"id":"ch_1"}',
  givenOtherwise: EMPTY,
}
/** No HTTP, this machine, or the cloud's own: as if nobody listened. */
const REFUSED = ['smtp', 'smtps', 'mqtt', 'amqp', 'ssh', 'metadata', 'credentials', 'loopback', 'localhost', 'loopback6']

const FIXTURES: readonly HttpFixture[] = [
  { host: 'api.stripe.example', method: 'POST', path: '/v1/*', status: 402, body: { id: 'ch_1' } },
]

describe('requests to hosts that are none of AWS’s', function () {
  this.timeout(60_000)
  let invoker: Invoker
  let session: Session
  let n = 0
  before(async () => {
    invoker = await localInvoker({ node: process.execPath, sandbox: undefined, executeSinks: false })
    const opened = await invoker.open(target({ file: `${HANDLERS}/web.mjs`, root: HANDLERS, http: FIXTURES }))
    if (opened.kind !== 'open') throw new Error(opened.reason)
    session = opened.session
  })
  after(async () => {
    await session?.[Symbol.asyncDispose]()
    await invoker?.[Symbol.asyncDispose]()
  })
  const asked = async (way: string, web?: WebMode): Promise<Observation> => {
    const item = { n: ++n, text: JSON.stringify({ way }), mode: 'proof' as const, deadlineMs: 5_000, ...(web && { web }) }
    return (await session.run([item], new AbortController().signal))[0]!
  }
  const came = ({ outcome }: Observation): unknown => (outcome.kind === 'returned' ? JSON.parse(outcome.text) : outcome)

  for (const [way, expected] of Object.entries(ANSWERED))
    it(`are answered: ${way}`, async function () {
      // Elsewhere threads are refused.
      if (way === 'thread' && invoker.sandbox.level !== 'strong') return this.skip()
      expect(came(await asked(way))).to.deep.equal(expected)
    })
  for (const way of REFUSED)
    it(`are refused where no API is: ${way}`, async () => {
      const seen = await asked(way)
      expect(came(seen)).to.equal('ECONNREFUSED')
      expect(seen.synthetic).to.equal(false)
      expect(connections(seen).map(({ answered }) => answered)).to.deep.equal(['denied'])
    })

  it('are told with host and line, and mark what was seen', async () => {
    const seen = await asked('fetch')
    expect(connections(seen)).to.have.lengthOf(1)
    expect(connections(seen)[0]).to.include({ host: 'hooks.chat.example', port: 443, answered: 'synthetic' })
    expect(connections(seen)[0]?.location?.file).to.match(/web\.mjs$/)
    expect(seen.web).to.have.lengthOf(1)
    expect(seen.web?.[0]).to.include({ n, method: 'POST', host: 'hooks.chat.example', path: '/x', invented: true })
    expect(seen.web?.[0]?.sent.split('\n')).to.include('{}')
    expect(seen.synthetic).to.equal(true)
  })
  it('make a connection each, whatever event came before them', async () => {
    const both = [await asked('kept'), await asked('kept')]
    expect(both.map(connections).map(({ length }) => length)).to.deep.equal([1, 1])
    expect(both.map(({ synthetic }) => synthetic)).to.deep.equal([true, true])
  })
  it('are nobody’s invention where the user answers', async () => {
    const seen = await asked('given')
    expect(seen.synthetic).to.equal(false)
    expect(seen.web?.map(({ invented }) => invented)).to.deep.equal([false])
  })

  it('are refused when the event says so, also after others were answered', async () => {
    expect(came(await asked('kept'))).to.equal(EMPTY)
    for (const way of ['kept', 'fetch', 'undici', 'http2']) {
      const seen = await asked(way, 'refused')
      expect(came(seen), way).to.equal('ECONNREFUSED')
      expect(seen.synthetic, way).to.equal(false)
    }
    expect(came(await asked('given', 'refused'))).to.equal(ANSWERED['given'])
    expect(came(await asked('givenOtherwise', 'refused'))).to.match(/ECONNRESET|UND_ERR_SOCKET/)
    expect(came(await asked('kept'))).to.equal(EMPTY)
  })
  it('say nothing at all when the event says so', async () =>
    expect(came(await asked('fetch', 'null'))).to.equal('200 application/json null'))
})

describe('a function that asks another host while it loads', () => {
  it('has what it was answered in every event, and is loaded again for refusals', async () => {
    await using invoker = await localInvoker({ node: process.execPath, sandbox: undefined, executeSinks: false })
    const opened = await invoker.open(target({ file: `${HANDLERS}/web-loads.mjs`, root: HANDLERS }))
    if (opened.kind !== 'open') throw new Error(opened.reason)
    await using session = opened.session
    const seen: unknown[] = []
    for (const [n, web] of [undefined, undefined, 'refused', 'refused', undefined].entries()) {
      const item = { n: n + 1, text: '{}', mode: 'proof' as const, deadlineMs: 5_000, ...(web && { web: web as WebMode }) }
      const [one] = await session.run([item], new AbortController().signal)
      seen.push([one?.outcome.kind === 'returned' && one.outcome.text, one?.synthetic])
    }
    const [answered, refused] = [
      ['"{}"', true],
      ['"ECONNREFUSED"', false],
    ]
    expect(seen).to.deep.equal([answered, answered, refused, refused, answered])
  }).timeout(30_000)
})

const connections = ({ effects }: Observation) => effects.filter((effect) => effect.kind === 'connect')
