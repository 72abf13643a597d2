import { cpSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import type { Report } from '#src/model/index.js'
import { exhaustive } from '../thorough.js'
import { eventfuzz, fuzzed, keys, ROOT } from './shop.js'

/** Handlers that keep what one request brings, and use it in another one: each has a twin that is right. */
const HANDLERS = path.join(ROOT, 'test/handlers/kept')

/** Bad handler, rule, and where the data came in: by an id of the function's own, by the sender's, and by none. */
const KEPT = [
  ['notes-bad.mjs', 'command-injection', 'event 1/body#json/title'],
  ['badge-bad.mjs', 'html-injection', 'event 1/body#json/holder'],
  ['wall-bad.mjs', 'html-injection', 'event 1/body#json/text'],
] as const

describe('data that an earlier event left behind', function () {
  this.timeout(300_000)
  const dir = path.join(ROOT, 'dist-test/kept') // Below the repository: the AWS clients are there.
  const run = (kind: string): Report => {
    const files = readdirSync(dir).filter((file) => file.endsWith(`-${kind}.mjs`))
    return fuzzed(dir, ...files, '--event', 'apigw-v2', '--runs', '1800', '--seed', '1')
  }
  let bad: Report
  before(() => {
    rmSync(dir, { recursive: true, force: true })
    cpSync(HANDLERS, dir, { recursive: true })
    bad = run('bad')
  })

  for (const [target, rule, pointer] of KEPT) {
    it(`reaches ${rule} in ${target}`, () => {
      const found = bad.findings.find((one) => one.target === target && one.rule === rule)
      expect(found, keys(bad).join()).to.include({ confidence: 'confirmed', pointer, minimal: true })
      expect(found!.case.steps).to.have.lengthOf(2)
      expect(found!.evidence).to.match(/^Kept from event 1 and used in a later one: /)
    })
  }

  it('shows the event that carries it, says how to send both, and replays with what the first answer gives', () => {
    const found = bad.findings.find(({ rule }) => rule === 'command-injection')!
    expect(found.event).to.equal(found.case.steps[0]!.text)
    expect(found.recipe).to.have.lengthOf(3)
    expect(found.recipe[1]).to.match(/^# (\S+) stands for \/noteId of the answer$/)
    expect(found.recipe[2]).to.include(`/notes/${/^# (\S+)/.exec(found.recipe[1]!)![1]}/print`)
    const replayed = eventfuzz(dir, 'replay', found.fingerprint.slice(0, 12))
    expect(replayed.status, replayed.stderr).to.equal(1)
    expect(replayed.stdout).to.include('still reproduces (3 of 3)')
  })

  exhaustive('is silent where the same data is handled right', 'second-order.test.ts', () => {
    // JSON.parse of the event's own body, and nothing else.
    expect(keys(run('good')).filter((key) => !key.startsWith('unhandled-error'))).to.deep.equal([])
  })
})
