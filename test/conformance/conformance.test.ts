import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import type { Invoker, Observation, Target } from '#src/model/index.js'
import { THOROUGH } from '../thorough.js'
import { SHAPES, type Shape } from './shapes.js'

const HERE = fileURLToPath(new URL('../../test/conformance', import.meta.url))
const HANDLERS = path.join(HERE, 'handlers')
const never = new AbortController().signal

/** Node and the runtime whose contract goes with it. */
const NODES: readonly (readonly [string, string, string])[] = [
  ['20', 'nodejs20.x', process.execPath],
  ['22', 'nodejs22.x', path.join(HERE, 'nodes/node_modules/node22/bin/node')],
  ['24', 'nodejs24.x', path.join(HERE, 'nodes/node_modules/node24/bin/node')],
]

const target = (runtime: string, { file = 'shapes.cjs', name }: Shape): Target => ({
  id: 'conformance',
  file: path.join(HANDLERS, file),
  export: name,
  root: HANDLERS,
  runtime,
  sources: [],
  triggers: {},
  environment: {},
  timeoutMs: 2_000,
  memoryMb: 256,
  role: null,
  fixtures: [],
})

/** What a shape does on two events in a row, or why it cannot be loaded. */
async function run(invoker: Invoker, runtime: string, shape: Shape): Promise<readonly Observation[] | string> {
  const opened = await invoker.open(target(runtime, shape))
  if (opened.kind === 'not-loaded') return opened.type
  await using session = opened.session
  const text = shape.event ?? '{"__proto__":{"polluted":true},"a":1}'
  const batch = [1, 2].map((n) => ({ n, text, mode: 'proof' as const, deadlineMs: shape.deadlineMs ?? 1_500 }))
  return await session.run(batch, never)
}

for (const [version, runtime, node] of NODES) {
  describe(`the contract of ${runtime} under Node ${version}`, function () {
    this.timeout(60_000)
    let invoker: Invoker
    before(async function () {
      if (!THOROUGH && node !== process.execPath) {
        console.log('      skipped: takes long (THOROUGH=1 npm test)')
        this.skip()
      }
      if (!existsSync(node)) {
        if (process.env['REQUIRE_ALL'] === '1')
          throw new Error(`Node ${version} is missing: npm install in test/conformance/nodes`)
        console.log(`      skipped: Node ${version} is not there (npm install in test/conformance/nodes)`)
        this.skip()
      }
      invoker = await localInvoker({ node, sandbox: undefined })
    })
    after(() => invoker?.[Symbol.asyncDispose]())

    for (const shape of SHAPES) {
      const expected = Number(version) >= 24 ? (shape.from24 ?? shape.both) : (shape.until22 ?? shape.both)
      if (expected === undefined) continue
      it(`${shape.what} (${shape.source})`, async () => {
        const seen = await run(invoker, runtime, shape)
        if (typeof expected === 'string') {
          expect(seen).to.equal(expected)
          return
        }
        expect(seen, String(seen)).to.be.an('array')
        const [first, second] = seen as readonly Observation[]
        expect(first!.outcome, JSON.stringify(first!.outcome)).to.deep.include(expected.first)
        if (expected.second !== undefined) expect(second!.outcome).to.deep.include(expected.second)
        if (expected.log !== undefined) expect(first!.log).to.match(expected.log)
      })
    }
  })
}
