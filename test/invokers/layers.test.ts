import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import type { SandboxLevel } from '#src/model/index.js'
import { target } from './target-maker.js'

function files(dir: string, all: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
    writeFileSync(path.join(dir, name), text)
  }
  return dir
}

describe('layers', function () {
  this.timeout(30_000)
  for (const level of ['strong', 'weak'] as const satisfies readonly SandboxLevel[]) {
    it(`are at /opt and on the module path at ${level}, later ones over earlier ones`, async function () {
      const home = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-layers-'))
      const first = files(path.join(home, 'first'), {
        'nodejs/node_modules/shared/index.js': 'module.exports = "first"',
        'nodejs/node_modules/only/index.js': 'module.exports = "only"',
      })
      const second = files(path.join(home, 'second'), {
        'nodejs/node_modules/shared/index.js': 'module.exports = "second"',
        'data.txt': 'read me',
      })
      const root = files(path.join(home, 'fn'), {
        'package.json': '{}',
        'app.js': `const fs = require('node:fs')
          exports.handler = async () => [require('shared'), require('only'), fs.readFileSync('/opt/data.txt', 'utf8')]`,
      })
      await using invoker = await localInvoker({ node: process.execPath, sandbox: level }).catch((error: Error) => {
        if (process.env['REQUIRE_ALL'] === '1') throw error
        console.log(`      skipped: ${error.message}`)
        return this.skip()
      })
      const opened = await invoker.open(target({ file: path.join(root, 'app.js'), root, layers: [first, second] }))
      if (opened.kind !== 'open') throw new Error(opened.reason)
      await using session = opened.session
      const [seen] = await session.run([{ n: 1, text: '{}', mode: 'proof', deadlineMs: 2_000 }], new AbortController().signal)
      expect(seen!.outcome.kind, JSON.stringify(seen!.outcome)).to.equal('returned')
      expect(JSON.parse((seen!.outcome as { text: string }).text)).to.deep.equal(['second', 'only', 'read me'])
    })
  }
})
