import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { PACKAGE_ROOT } from '#src/model/index.js'

// What they have to fit is in judged-types.ts, for the compiler.
describe('types of events', () => {
  it('are what the schemas say', () => {
    const script = fileURLToPath(new URL('scripts/build-event-types.mjs', PACKAGE_ROOT))
    expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).to.equal('')
  })
})
