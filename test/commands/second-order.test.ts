import { cpSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import type { Report } from '#src/model/index.js'
import { thorough } from '../thorough.js'
import { eventfuzz, fuzzed, keys, ROOT } from './shop.js'

/** Handlers that read back what others have written: each has a twin that is right. */
const HANDLERS = path.join(ROOT, 'test/handlers/stored')

/** Bad handler, rule, and the field that AWS gave back. */
const STORED: readonly (readonly [string, string, string])[] = [
  ['preview-bad.mjs', 'command-injection', 'dynamodb:GetItem/Item/storedAs/S'],
  ['template-bad.mjs', 'code-injection', 's3:GetObject/Body/discount'],
  ['report-bad.mjs', 'sql-injection', 'dynamodb:Query/Items/0/sku/S'],
  ['worker-bad.mjs', 'path-traversal', 'sqs:ReceiveMessage/Messages/0/Body'],
]

describe('data that comes back from AWS', function () {
  this.timeout(300_000)
  const dir = path.join(ROOT, 'dist-test/stored') // Below the repository: the AWS clients are there.
  const run = (kind: string): Report =>
    fuzzed(
      dir,
      ...readdirSync(dir).filter((file) => file.endsWith(`-${kind}.mjs`)),
      '--event',
      'apigw-v2',
      '--runs',
      '1200',
      '--seed',
      '1',
    )
  let bad: Report
  before(() => {
    rmSync(dir, { recursive: true, force: true })
    cpSync(HANDLERS, dir, { recursive: true })
    bad = run('bad')
  })

  for (const [target, rule, pointer] of STORED) {
    it(`reaches ${rule} through ${pointer}`, () => {
      const found = bad.findings.find((one) => one.target === target && one.rule === rule)
      expect(found, keys(bad).join()).to.include({ confidence: 'confirmed', pointer, minimal: true })
      expect(found!.evidence).to.match(new RegExp(`^Through ${pointer.split('/')[0]} `))
      expect(found!.severityReason).to.include('whoever can write what the function reads back')
    })
  }

  it('says how to put it there, and replays', () => {
    const found = bad.findings.find(({ rule }) => rule === 'command-injection')!
    expect(found.recipe[0]).to.match(/^aws dynamodb put-item --table-name docs --item '\{"storedAs":\{"S":"ef/)
    expect(found.recipe[1]).to.match(/^curl /)
    const replayed = eventfuzz(dir, 'replay', found.fingerprint.slice(0, 12))
    expect(replayed.status, replayed.stderr).to.equal(1)
    expect(replayed.stdout).to.include('still reproduces (3 of 3)')
  })

  thorough('is silent where the same data is handled right, and about answers that we made up', () => {
    // JSON.parse of the event's own body (no JSON, or null), and nothing else.
    expect([...new Set(keys(run('good')))]).to.deep.equal(['unhandled-error in template-good.mjs'])
  })
})
