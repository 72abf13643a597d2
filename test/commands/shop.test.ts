import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import type { Report } from '#src/model/index.js'
import { exhaustive, thorough } from '../thorough.js'
import { bugs, eventfuzz, fuzzed, keys, shopWithout } from './shop.js'

const SEED = '1'
/** The share that each of the shop's seven targets has of 3,000 executions. */
const SHARE = '428'

const named = (one: { rule: string; target: string }): string => `${one.rule} in ${one.target}`

describe('the shop', function () {
  this.timeout(300_000)
  let dir: string
  let report: Report
  before(() => {
    dir = shopWithout('as-it-is', [])
    report = fuzzed(dir, '--runs', '3000', '--seed', SEED)
  })

  it('gives exactly the findings listed in bugs.json', () => {
    expect(keys(report)).to.deep.equal(bugs.map(named).sort())
  })

  for (const bug of bugs) {
    it(`blames ${bug.pointer} and ${bug.file} for ${bug.id}`, () => {
      const finding = report.findings.find((one) => named(one) === named(bug))
      expect(finding).to.include({ confidence: 'confirmed', pointer: bug.pointer, minimal: true })
      expect(finding!.reproduced).to.deep.equal({ k: 3, n: 3 })
      const location = finding!.sink?.location
      if (location) expect(location.file).to.equal(bug.file)
      expect(finding!.recipe.length).to.be.greaterThan(0)
      expect(finding!.replay).to.equal(`npx eventfuzz replay ${finding!.fingerprint.slice(0, 12)}`)
    })

    // A function with one bug has nothing left: that is the fixed shop's test.
    if (bugs.filter(({ target }) => target === bug.target).length === 1) continue
    const title = `no longer has ${bug.id}, and only that, once it is fixed`
    const test = bug.id === 'order-filter' ? thorough : (name: string, body: () => void) => exhaustive(name, 'order-filter', body)
    test(title, () => {
      const fixed = shopWithout(bug.id, [bug])
      const left = fuzzed(fixed, bug.target, '--runs', SHARE, '--seed', SEED)
      expect(keys(left)).to.deep.equal(
        bugs
          .filter(({ target, id }) => target === bug.target && id !== bug.id)
          .map(named)
          .sort(),
      )
    })
  }

  thorough('has no finding once all are fixed', () => {
    const fixed = shopWithout('fixed', bugs)
    // `npm run verify` spends 3000 on it, with three seeds.
    expect(keys(fuzzed(fixed, '--runs', '420', '--seed', SEED))).to.deep.equal([])
  })

  it('replays: 1 before the fix, 0 after it', () => {
    const bug = bugs.find(({ id }) => id === 'thumbnail-comment')!
    const { fingerprint } = report.findings.find((one) => named(one) === named(bug))!
    const before = eventfuzz(dir, 'replay', fingerprint.slice(0, 8))
    expect(before.status, before.stderr).to.equal(1)
    expect(before.stdout).to.include('still reproduces (3 of 3)')
    const fixed = shopWithout('replayed', [bug])
    const stored = path.join(dir, '.eventfuzz/last/cases', `${fingerprint}.json`)
    const moved = JSON.parse(readFileSync(stored, 'utf8').replaceAll(dir, fixed)) as object
    const file = path.join(fixed, 'case.json')
    expect(moved).to.have.property('fingerprint', fingerprint)
    writeFileSync(file, JSON.stringify(moved))
    const after = eventfuzz(fixed, 'replay', 'case.json')
    expect(after.status, after.stderr).to.equal(0)
    expect(after.stdout).to.include('does not reproduce any more')
    writeFileSync(file, JSON.stringify({ ...moved, steps: [{ text: '{"Records":', warm: true }] }))
    const broken = eventfuzz(fixed, 'replay', 'case.json')
    expect(broken.status, 'what cannot be run does not count as fixed').to.equal(2)
    expect(broken.stderr).to.match(/^eventfuzz: The case file .* is wrong at \/steps\/0\/text: it is no JSON\n$/)
  })

  thorough('finds the same with the same seed, to the byte of the minimal event', () => {
    const run = (name: string, ...more: string[]) =>
      fuzzed(shopWithout(name, []), 'ThumbnailsFunction', 'OrderStreamFunction', '--runs', '100', '--seed', '9', ...more)
    const again = run('again')
    const third = run('third', '-j', '1')
    const essence = (one: Report) => one.findings.map(({ fingerprint, rule, event }) => ({ fingerprint, rule, event }))
    expect(essence(again)).to.have.lengthOf(2)
    expect(essence(third)).to.deep.equal(essence(again))
  })

  it('writes the run where it says, for its owner only', () => {
    const last = path.join(dir, '.eventfuzz/last')
    for (const name of ['report.json', 'report.html', 'findings.jsonl', 'evidence.jsonl'])
      expect(existsSync(path.join(last, name)), name).to.equal(true)
    expect(readdirSync(path.join(last, 'cases'))).to.have.lengthOf(bugs.length)
    expect(statSync(path.join(dir, '.eventfuzz/runs', report.run.id)).mode & 0o077).to.equal(0)
    expect(readFileSync(path.join(dir, '.eventfuzz/.gitignore'), 'utf8')).to.equal('*\n')
  })

  it('reports the broad roles and not the exact one', () => {
    const ran = eventfuzz(dir, 'iam', '--json')
    expect(ran.status).to.equal(1)
    const rows = JSON.parse(ran.stdout) as Report['permissions']
    const seen = rows.map((row) => `${row.target} ${row.action}`)
    expect(seen).to.include.members([
      'OrdersApiFunction dynamodb:*',
      'ThumbnailsFunction s3:*',
      'OrderStreamFunction sns:*',
      'NotificationsFunction ses:SendRawEmail',
      'ReportsApiFunction dynamodb:Scan',
    ])
    expect(rows.filter(({ target }) => target === 'OrderWorkerFunction')).to.deep.equal([])
    expect(rows.filter(({ class: kind }) => kind === 'MISSING')).to.deep.equal([])
    expect(seen.filter((row) => /logs:|xray:|sqs:ReceiveMessage|dynamodb:GetRecords/.test(row))).to.deep.equal([])
  })
})
