import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import type { Invoker, Observation, Outcome, Session } from '#src/model/index.js'
import { HANDLERS, target } from './target-maker.js'

const CANARY = 'efabcdefghijz'

/** What a handler does to blind us first; the command that it runs then must be seen all the same. */
const PRELUDES = ['nothing', 'tampers', 'freezes', 'replacesConsole', 'catchesEverything', 'putsBack', 'inspectsStack']

/** What a handler does to the run, and what that must be called. */
const ENDINGS: readonly (readonly [string, Partial<Record<string, unknown>> & { kind: Outcome['kind'] }])[] = [
  ['closesFds', { kind: 'crashed', reason: 'protocol' }],
  ['writesGarbage', { kind: 'crashed', reason: 'protocol' }],
  ['forks', { kind: 'returned', text: '"number"' }],
  ['forksShells', { kind: 'returned', text: '"forked"' }],
  ['floodsRaw', { kind: 'crashed', reason: 'output-flood' }],
  ['listens', { kind: 'returned' }],
]

describe('a hostile handler', function () {
  this.timeout(60_000)
  let invoker: Invoker
  let session: Session
  before(async () => {
    invoker = await localInvoker({ node: process.execPath, sandbox: undefined })
  })
  after(() => invoker[Symbol.asyncDispose]())
  beforeEach(async () => {
    const opened = await invoker.open(target({ file: `${HANDLERS}/hostile.mjs`, root: HANDLERS }))
    if (opened.kind !== 'open') throw new Error(opened.reason)
    session = opened.session
  })
  afterEach(() => session[Symbol.asyncDispose]())

  const run = (...events: object[]): Promise<readonly Observation[]> =>
    session.run(
      events.map((event, n) => ({ n, text: JSON.stringify(event), mode: 'proof' as const, deadlineMs: 10_000 })),
      new AbortController().signal,
    )

  for (const prelude of PRELUDES) {
    it(`does not blind the run when it first ${prelude}`, async () => {
      const seen = await run({ prelude, text: CANARY }, { text: `second ${CANARY}` })
      for (const [i, { effects, outcome }] of seen.entries()) {
        const commands = effects.flatMap((effect) => (effect.kind === 'process' ? [effect.command] : []))
        expect(commands, `${i}: ${JSON.stringify(outcome)}`).to.deep.equal([i === 0 ? `echo ${CANARY}` : `echo second ${CANARY}`])
        expect(outcome.kind).to.equal('returned')
      }
    })
  }

  for (const [ending, expected] of ENDINGS) {
    it(`is named as what it is when it ${ending}, and its neighbours are unharmed`, async () => {
      const [before, named, after] = await run({ text: 'a' }, { ending }, { text: 'b' })
      expect(named!.outcome, JSON.stringify(named!.outcome)).to.deep.include(expected)
      for (const neighbour of [before!, after!]) expect(neighbour.outcome).to.deep.equal({ kind: 'returned', text: '""' })
    })
  }

  it('reads nothing of the machine or of us', async () => {
    process.env['EVENTFUZZ_SECRET_OF_OURS'] = 'x'.repeat(4_321)
    const [seen] = await run({ ending: 'readsParent' })
    delete process.env['EVENTFUZZ_SECRET_OF_OURS']
    const lengths = JSON.parse((seen!.outcome as { text: string }).text) as string
    expect(lengths.split(',').filter((one) => Number(one) > 4_321)).to.deep.equal([])
    expect(lengths).to.match(/denied,denied$/)
  })

  it('leaves no process behind', async () => {
    await run({ ending: 'forksShells' }, { ending: 'forks' })
    await session[Symbol.asyncDispose]()
    const { descendants } = await import('#src/invokers/process-tree.js')
    const { readFileSync } = await import('node:fs')
    const left = descendants(process.pid).filter((pid) => /sleep/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')))
    expect(left).to.deep.equal([])
  })
})
