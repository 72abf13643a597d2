import dgram from 'node:dgram'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import { chooseSandbox } from '#src/invokers/sandbox.js'
import type { SandboxLevel } from '#src/model/index.js'
import { HANDLERS, target } from './target-maker.js'

const LEVELS: readonly SandboxLevel[] = ['strong', 'medium', 'weak']

describe('the sandbox', function () {
  this.timeout(60_000)
  const home = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-test-'))
  const outside = path.join(home, 'written')
  writeFileSync(path.join(home, 'secret.txt'), 'a secret of the machine')
  let connections = 0
  let datagrams = 0
  const tcp = net.createServer((socket) => {
    connections++
    socket.destroy()
  })
  const udp = dgram.createSocket('udp4', () => {
    datagrams++
  })
  before(async () => {
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
    await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve))
  })
  after(() => {
    tcp.close()
    udp.close()
  })

  for (const level of LEVELS) {
    it(`keeps a function in at ${level}`, async function () {
      const there = await chooseSandbox(process.execPath, level).then(
        () => true,
        () => false,
      )
      if (!there) {
        if (process.env['REQUIRE_ALL'] === '1') throw new Error(`the level ${level} does not hold on this machine`)
        console.log(`      skipped: the level ${level} does not hold on this machine (strong needs bubblewrap)`)
        this.skip()
      }
      await using invoker = await localInvoker({ node: process.execPath, sandbox: level })
      const opened = await invoker.open(target({ file: `${HANDLERS}/escapes.mjs` }))
      if (opened.kind !== 'open') throw new Error(opened.reason)
      await using session = opened.session
      const event = {
        home,
        outside,
        port: (tcp.address() as net.AddressInfo).port,
        udpPort: udp.address().port,
        parent: process.pid,
      }
      const [seen] = await session.run(
        [{ n: 1, text: JSON.stringify(event), mode: 'proof', deadlineMs: 3_000 }],
        new AbortController().signal,
      )
      expect(seen!.outcome.kind).to.equal('returned')
      const told = JSON.parse((seen!.outcome as { text: string }).text) as Record<string, { ok: boolean; value?: string }>
      // The answer to a spawn is made up: what counts is that nothing was written.
      expect(existsSync(outside)).to.equal(false)
      expect(told['readHome']!.ok).to.equal(false)
      for (const way of ['tcp', 'udp', 'dns', 'kill']) expect(told[way], way).to.include({ ok: false })
      expect([connections, datagrams]).to.deep.equal([0, 0])
      const kinds = seen!.effects.map(({ kind }) => kind)
      expect(kinds).to.include.members(['process', 'connect'])
    })
  }

  it('refuses a level that does not hold, and says what to do', async () => {
    const node = path.join(mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-node-')), 'node')
    writeFileSync(node, '#!/bin/sh\n[ "$1" = --version ] && echo v20.19.0\n', { mode: 0o755 })
    const error = await chooseSandbox(node, 'strong').catch((thrown: unknown) => thrown)
    expect(error).to.have.property('name', 'ConfigError')
    expect((error as Error).message).to.match(/strong.*bubblewrap/)
  })
})
