import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import type { Effect } from '#src/model/index.js'
import { HANDLERS, target } from './target-maker.js'

type Process = Extract<Effect, { kind: 'process' }>

describe('--execute-sinks', function () {
  this.timeout(30_000)

  it('is refused where the sandbox is not strong', async () => {
    const error = await localInvoker({ node: process.execPath, sandbox: 'weak', executeSinks: true }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).to.have.property('name', 'ConfigError')
    expect((error as Error).message).to.match(/strong sandbox; this one is weak/)
  })

  for (const way of ['exec', 'execFile', 'spawn', 'execSync', 'execFileSync', 'spawnSync', 'promisified']) {
    it(`runs ${way} inside and tells what it printed`, async function () {
      await using invoker = await localInvoker({ node: process.execPath, sandbox: 'strong', executeSinks: true }).catch(
        (error: Error) => {
          if (process.env['REQUIRE_ALL'] === '1') throw error
          console.log(`      skipped: ${error.message}`)
          return this.skip()
        },
      )
      const opened = await invoker.open(target({ file: `${HANDLERS}/starts.mjs`, root: HANDLERS }))
      if (opened.kind !== 'open') throw new Error(opened.reason)
      await using session = opened.session
      const text = JSON.stringify({ way, text: 'efaaaaaaaaaaz; printf %s%s half other; id -u > /dev/null' })
      const [seen] = await session.run([{ n: 1, text, mode: 'proof', deadlineMs: 5_000 }], new AbortController().signal)
      expect(seen!.outcome.kind, JSON.stringify(seen!.outcome)).to.equal('returned')
      const processes = seen!.effects.filter((effect): effect is Process => effect.kind === 'process')
      expect(processes.map(({ output }) => output)).to.deep.equal(['efaaaaaaaaaaz\nhalfother'])
      // The programs that the function needs are not in the sandbox: it gets the answer that it always gets.
      expect(JSON.parse((seen!.outcome as { text: string }).text)).to.equal('')
    })
  }
})
