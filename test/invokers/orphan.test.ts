import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { Host } from '#src/invokers/host.js'
import { killPid } from '#src/invokers/process-tree.js'
import type { HostTarget } from '#src/model/index.js'

describe('a host that leaves a process behind', function () {
  this.timeout(20_000)

  it('is known to have ended, though the other one holds its pipes', async () => {
    const scratch = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-orphan-'))
    // As bubblewrap does when it is killed between its fork and its promise to die together.
    const command = { file: 'sh', args: ['-c', 'sleep 60 & echo $! >&2; exit 7'] }
    const target = { taskRoot: scratch, memoryMb: 128 } as HostTarget
    const host = new Host(command, {}, target, scratch)
    try {
      const ready = await host.ready
      expect(ready).to.include({ t: 'init-error', type: 'Runtime.ExitError' })
      expect(host.dead).to.equal(true)
    } finally {
      const left = Number(host.lastWords)
      if (left > 1) killPid(left)
      await host.dispose()
    }
  })
})
