import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import type { Execution, Invoker, Observation, Session } from '#src/model/index.js'
import { HANDLERS, target } from './target-maker.js'

const never = new AbortController().signal

const item = (n: number, way: string, deadlineMs = 1_500): Execution => ({
  n,
  text: JSON.stringify({ way }),
  mode: 'proof',
  deadlineMs,
})

/** Ways to end, and what the observation must call them. */
const OUTCOMES: readonly (readonly [string, Record<string, unknown>])[] = [
  ['returns', { kind: 'returned', text: '{"statusCode":200,"body":"ok"}' }],
  ['nothing', { kind: 'returned', text: 'null' }],
  ['throws', { kind: 'threw', name: 'TypeError', message: 'on purpose', how: 'handler', isError: true }],
  ['throwsText', { kind: 'threw', name: 'string', message: 'a text', isError: false }],
  ['throwsHostile', { kind: 'threw', how: 'handler', isError: false }],
  ['circular', { kind: 'threw', how: 'unserialisable' }],
  ['bigint', { kind: 'threw', how: 'unserialisable' }],
  ['spins', { kind: 'timed-out', spinning: true }],
  ['waits', { kind: 'timed-out', spinning: false }],
  ['neverSettles', { kind: 'returned', text: 'null' }],
  ['exits', { kind: 'crashed', reason: 'exit', exitCode: 7 }],
  ['aborts', { kind: 'crashed' }],
  ['uncaught', { kind: 'threw', name: 'RangeError', how: 'uncaught' }],
  ['rejection', { kind: 'threw', name: 'RangeError', how: 'unhandled-rejection' }],
  ['floats', { kind: 'threw', name: 'RangeError', how: 'unhandled-rejection' }],
  ['exitsAfterwards', { kind: 'crashed', reason: 'exit', exitCode: 3 }],
  ['throwsUntyped', { kind: 'threw', how: 'handler', isError: false }],
  ['forges', { kind: 'crashed', reason: 'protocol' }],
  ['forgesDone', { kind: 'crashed', reason: 'protocol' }],
  ['garbles', { kind: 'crashed', reason: 'protocol' }],
  ['floods', { kind: 'crashed', reason: 'output-flood' }],
  ['heap', { kind: 'crashed', reason: 'out-of-memory' }],
  ['buffers', { kind: 'crashed', reason: 'out-of-memory' }],
]

async function open(invoker: Invoker, overrides: Parameters<typeof target>[0] = {}): Promise<Session> {
  const opened = await invoker.open(target(overrides))
  if (opened.kind !== 'open') throw new Error(`${opened.type}: ${opened.reason}`)
  return opened.session
}

describe('the local invoker', function () {
  this.timeout(120_000)
  let invoker: Invoker
  let session: Session
  before(async () => {
    invoker = await localInvoker({ node: process.execPath, sandbox: undefined })
    session = await open(invoker)
  })
  after(async () => {
    await session[Symbol.asyncDispose]()
    await invoker[Symbol.asyncDispose]()
  })

  for (const [i, [way, expected]] of OUTCOMES.entries()) {
    it(`names what happens when a handler ${way}, and goes on`, async () => {
      // A spin in C++ cannot be told from a spin in JavaScript; memory needs time to fill.
      const wait = way === 'heap' || way === 'buffers' || way === 'floods' ? 20_000 : 1_500
      const batch = [item(i * 10 + 1, 'returns'), item(i * 10 + 2, way, wait), item(i * 10 + 3, 'returns')]
      const [before, it, after] = await session.run(batch, never)
      expect(it!.outcome).to.include(expected)
      for (const neighbour of [before, after] as Observation[])
        expect(neighbour.outcome).to.include({ kind: 'returned', text: '{"statusCode":200,"body":"ok"}' })
    })
  }

  for (const [way, how] of [
    ['failsLater', 'uncaught'],
    ['rejectsLater', 'unhandled-rejection'],
  ] as const)
    it(`blames the event that left work running when that fails, not the next one: ${way}`, async () => {
      const [first, next] = await session.run([item(801, way), item(802, 'takesTime')], never)
      expect(first!.outcome).to.include({ kind: 'threw', name: 'RangeError', how })
      expect(next!.outcome).to.include({ kind: 'returned', text: '{"statusCode":200,"body":"ok"}' })
      const [alone] = await session.run([item(803, way)], never)
      expect(alone!.outcome, 'nothing came after it').to.include({ kind: 'threw', name: 'RangeError', how })
    })

  it('ends /tmp where Lambda does', async function () {
    if (invoker.sandbox.level !== 'strong') {
      if (process.env['REQUIRE_ALL'] === '1') throw new Error('the sandbox is not strong: apt-get install -y bubblewrap')
      console.log('      only a strong sandbox has a /tmp of its own')
      this.skip()
    }
    const [full] = await session.run([item(810, 'fillsTmp', 20_000)], never)
    expect(full!.outcome).to.include({ kind: 'returned', text: '{"statusCode":507,"body":"ENOSPC"}' })
  })

  it('keeps going under a handler that tampers with the globals it uses', async () => {
    const seen = await session.run([item(901, 'tampers'), item(902, 'returns'), item(903, 'throws')], never)
    expect(seen.map(({ outcome }) => outcome.kind)).to.deep.equal(['returned', 'returned', 'threw'])
    expect(seen[1]!.outcome).to.include({ text: '{"statusCode":200,"body":"ok"}' })
    await session.renew()
  })

  it('reports what is left on Object.prototype, and takes it away', async () => {
    const [polluting, next] = await session.run([item(911, 'pollutes'), item(912, 'isClean')], never)
    expect(polluting!.effects).to.have.lengthOf(1)
    expect(polluting!.effects[0]).to.include({ kind: 'global', path: 'Object.prototype.efaaaaaaaaaaz' })
    expect(next!.outcome).to.include({ text: '{"clean":true}' })
  })

  it('keeps both handler contracts', async () => {
    for (const [name, runtime, text] of [
      ['callback', 'nodejs22.x', '{"got":"returns"}'],
      ['plain', 'nodejs22.x', 'null'],
      ['plain', 'nodejs24.x', '"ignored"'],
      ['succeed', 'nodejs22.x', '{"by":"context"}'],
    ] as const) {
      const other = await open(invoker, { export: name, runtime })
      const [seen] = await other.run([item(1, 'returns')], never)
      await other[Symbol.asyncDispose]()
      expect(seen!.outcome, `${name} under ${runtime}`).to.deep.include({ kind: 'returned', text })
    }
  })

  it('says in one line why a handler cannot be loaded, in the runtime’s own words', async () => {
    const reasons = [
      ['missing.mjs', 'handler', 'Runtime.ImportModuleError'],
      ['outcomes.mjs', 'nope', 'Runtime.HandlerNotFound'],
      ['broken.mjs', 'handler', 'Runtime.UserCodeSyntaxError'],
      ['fails.mjs', 'handler', 'RangeError'],
    ] as const
    for (const [file, name, type] of reasons) {
      const opened = await invoker.open(target({ file: `${HANDLERS}/${file}`, export: name }))
      expect(opened.kind).to.equal('not-loaded')
      if (opened.kind !== 'not-loaded') continue
      expect(opened.type).to.equal(type)
      expect(opened.reason).to.match(/^[^\n]+$/)
    }
  })

  it('gives the function nothing of our environment, and decoys for its credentials', async () => {
    process.env['EVENTFUZZ_TEST_SECRET'] = 'must not be seen'
    const other = await open(invoker, {
      file: `${HANDLERS}/environment.mjs`,
      environment: { TABLE: 'orders', API_TOKEN: 'from-the-configuration' },
    })
    const [seen] = await other.run([item(1, 'returns')], never)
    await other[Symbol.asyncDispose]()
    delete process.env['EVENTFUZZ_TEST_SECRET']
    expect(seen!.outcome.kind).to.equal('returned')
    const env = JSON.parse((seen!.outcome as { text: string }).text) as Record<string, string>
    expect(env).to.not.have.property('EVENTFUZZ_TEST_SECRET')
    expect(env).to.include({ TABLE: 'orders', AWS_REGION: 'us-east-1', AWS_LAMBDA_FUNCTION_NAME: 'outcomes' })
    expect(other.secrets.map(({ name }) => name)).to.have.members([
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'API_TOKEN',
    ])
    expect(env['AWS_SECRET_ACCESS_KEY']).to.equal(other.secrets.find(({ name }) => name === 'AWS_SECRET_ACCESS_KEY')!.value)
  })
})
