import { cpSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { thorough } from '../thorough.js'
import { fuzzed, keys, ROOT } from './shop.js'

/** Handlers whose writes fail: each has a twin that deals with it. */
const HANDLERS = path.join(ROOT, 'test/handlers/failing')

describe('a write that fails', function () {
  this.timeout(300_000)
  const dir = path.join(ROOT, 'dist-test/failing') // Below the repository: the AWS clients are there.
  const run = (kind: string) =>
    fuzzed(
      dir,
      ...readdirSync(dir).filter((file) => file.endsWith(`-${kind}.mjs`)),
      '--event',
      'sqs',
      '--runs',
      '300',
      '--seed',
      '1',
      '--experimental',
    )
  before(() => {
    rmSync(dir, { recursive: true, force: true })
    cpSync(HANDLERS, dir, { recursive: true })
  })

  thorough('and is answered with success is a finding, as is a conflict that nobody handles', () => {
    const report = run('bad')
    expect(keys(report)).to.deep.equal([
      'lost-write in forward-bad.mjs',
      'lost-write in import-bad.mjs',
      'lost-write in mark-bad.mjs',
      'lost-write in store-bad.mjs',
      'repeated-write in ledger-bad.mjs',
      'repeated-write in points-bad.mjs',
      'repeated-write in seen-bad.mjs',
      'unhandled-conflict in claim-bad.mjs',
    ])
    expect(report.findings.map(({ pointer, confidence }) => `${confidence} ${pointer}`).sort()).to.deep.equal([
      'confirmed ', // What comes again for no reason of the function's.
      'confirmed ',
      'confirmed dynamodb:BatchWriteItem',
      'confirmed dynamodb:GetItem',
      'confirmed dynamodb:PutItem',
      'confirmed events:PutEvents',
      'confirmed s3:PutObject',
      'confirmed s3:PutObject',
    ])
  })

  thorough('is none where the function tries again, reports it, or throws', () => {
    expect(keys(run('good'))).to.deep.equal([])
  })
})
