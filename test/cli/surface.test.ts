import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { directSeeds, sourcesOn } from '#src/commands/surfaced.js'
import type { Report } from '#src/model/index.js'
import { eventfuzz } from '../commands/shop.js'
import { target } from '../invokers/target-maker.js'

/** A field of the event itself that no service lets a client set, and a line that nothing reaches. */
const HANDLER = `import { execSync } from 'node:child_process'
import { createHash } from 'node:crypto'
export const handler = async (event) => {
  if (typeof event.debugCommand === 'string') execSync('log ' + event.debugCommand)
  if (createHash('sha256').update(String(event.rawPath)).digest('hex') === 'x')
    return { statusCode: 500 }
  return { statusCode: 200, body: '' }
}
`

describe('--surface', function () {
  this.timeout(120_000)
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-surface-'))
  writeFileSync(path.join(dir, 'handler.mjs'), HANDLER)
  const run = (...args: string[]) => {
    const ran = eventfuzz(dir, 'fuzz', 'handler.mjs', '--event', 'apigw-v2', '--seed', '1', '-q', '--fail-on', 'none', ...args)
    return { ...ran, report: () => JSON.parse(readFileSync(path.join(dir, '.eventfuzz/last/report.json'), 'utf8')) as Report }
  }
  const said = ({ findings }: Report) => findings.map(({ rule, surface }) => `${rule} ${surface}`)

  it('delivered: what no service lets a client set is left alone, and what nothing reaches can be asked for', () => {
    const { status, report } = run('--runs', '60', '--min-coverage', '100')
    expect(said(report())).to.deep.equal([])
    expect(report().notTested.map(({ what }) => what)).to.include('direct invocation with arbitrary JSON')
    const { covered, total } = report().targets[0]!.coverage.lines
    expect(covered).to.be.lessThan(total)
    expect(status).to.equal(4)
  })

  it('direct: whoever may invoke the function sends what he likes', () => {
    const { status, stderr, report } = run('--runs', '400', '--surface', 'direct', '--min-coverage', '10')
    expect(said(report()), stderr).to.include('command-injection direct')
    expect(report().targets[0]!.sources).to.deep.equal(['direct'])
    expect(report().notTested.map(({ what }) => what)).to.include('events of services')
    expect(status).to.equal(0)
  })

  it('takes one of three, and a percentage', () => {
    const odd = run('--runs', '10', '--surface', 'dirct')
    expect(odd.status).to.equal(2)
    expect(odd.stderr).to.equal("eventfuzz: --surface takes delivered, direct, all, not 'dirct'. Did you mean 'direct'?\n")
    expect(run('--runs', '10', '--min-coverage', 'all').stderr).to.match(/^eventfuzz: --min-coverage takes a percentage.*\n$/)
  })

  it('begins with the events that the function is written for, and some that no service would hand over', () => {
    const made = directSeeds(target({ sources: ['sqs'], triggers: {} })) as readonly { payload: { Records?: unknown } }[]
    expect(made.length).to.be.greaterThan(4)
    expect(made[0]!.payload.Records).to.be.an('array')
    expect(new Set(made.map((one) => JSON.stringify(one))).size).to.equal(made.length)
    expect(sourcesOn('all', target({ sources: ['sqs'] }))).to.deep.equal(['sqs', 'direct'])
  })
})
