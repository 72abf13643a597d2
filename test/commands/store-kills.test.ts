import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { randomOf } from '#src/campaign/random.js'
import { readKnown } from '#src/commands/known-findings.js'
import { storedReport } from '#src/commands/stored-report.js'

const WRITER = fileURLToPath(new URL('./endless-writer.js', import.meta.url))
/** `npm run verify`: 200. */
const KILLS = Number(process.env['KILLS'] ?? '3')

/** Kills the writer so long after its first finding. Returns how many findings it had said to be on disk. */
function killedAfter(ms: number, cwd: string): Promise<number> {
  const child = spawn(process.execPath, [WRITER, cwd], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), ms))
  child.stdout.on('data', (part: Buffer) => {
    told += String(part)
  })
  return new Promise((resolve) => child.on('close', () => resolve(told.split('\n').length - 1)))
}

describe(`a store whose writer is killed, ${KILLS} times at seeded offsets`, function () {
  this.timeout(KILLS * 10_000)
  const base = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-kills-'))
  after(() => rmSync(base, { recursive: true, force: true }))

  it('opens each time, and has lost nothing that was told', async () => {
    const random = randomOf(20_261_122)
    for (let i = 0; i < KILLS; i++) {
      const cwd = path.join(base, String(i))
      const told = await killedAfter(Math.floor(random() * 60), cwd)
      expect(told).to.be.above(0)
      expect(storedReport('last', cwd).findings.length).to.be.within(told, told + 1)
      expect(readKnown(path.join(cwd, '.eventfuzz/known')).length).to.be.within(told, told + 1)
      rmSync(cwd, { recursive: true })
    }
  })
})
