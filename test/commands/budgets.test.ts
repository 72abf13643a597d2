import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import type { CampaignOptions } from '#src/campaign/campaign-options.js'
import { type BudgetQuestion, budgetsOf } from '#src/commands/budgets.js'
import type { Target, Trigger } from '#src/model/index.js'

const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-budgets-'))
after(() => rmSync(dir, { recursive: true, force: true }))

function target(
  id: string,
  source: Target['sources'][number],
  trigger: Trigger = {},
  code = 'export const handler = 1\n',
): Target {
  const file = path.join(dir, `${id}.mjs`)
  writeFileSync(file, code)
  return { id, file, sources: [source], triggers: { [source]: trigger } } as unknown as Target
}

const whole = { runs: 1_000, timeMs: 10_000 } as CampaignOptions
const ask = (all: readonly Target[], more: Partial<BudgetQuestion> = {}) =>
  budgetsOf({ all, own: all, counted: true, live: false, known: () => 0, cwd: dir, ...more })
const runs = (all: readonly Target[], more: Partial<BudgetQuestion> = {}): number[] =>
  all.map((one) => Math.round(ask(all, more).of(one, whole).runs))

const OPEN = target('open', 'apigw-v2', { authorizer: 'none' })
const GUARDED = target('guarded', 'apigw-v2', { authorizer: 'jwt' })
const QUEUE = target('queue', 'sqs')
const SHELL = target(
  'shell',
  'sqs',
  {},
  "import { exec } from 'node:child_process'\nimport fs from 'node:fs'\nexport const handler = 1\n",
)

describe('the budget of a run', () => {
  it('is split by who can reach a function, and never leaves one out', () => {
    const [open = 0, guarded = 0, queue = 0] = runs([OPEN, GUARDED, QUEUE])
    expect(open).to.be.greaterThan(guarded)
    expect(guarded).to.be.greaterThan(queue)
    expect(queue, 'six tenths are split evenly').to.be.greaterThan(200)
    expect(open + guarded + queue).to.be.within(999, 1_001)
  })

  it('is split by what the code could do, and says why', () => {
    const all = [QUEUE, SHELL]
    const [queue = 0, shell = 0] = runs(all)
    expect(shell).to.be.greaterThan(queue)
    const told = ask(all).told({ id: 'shell' } as never)
    expect(told.budget?.share).to.be.closeTo(shell / 1_000, 0.001)
    expect(told.budget?.why).to.deep.equal(['reached from inside', 'its code names processes, files', '3 lines'])
  })

  it('is the same on each of the machines that share a counted run, whatever they know of earlier ones', () => {
    const all = [OPEN, QUEUE]
    expect(runs(all, { own: [QUEUE], known: () => 5 })).to.deep.equal(runs(all))
  })

  it('gives more time to what earlier runs found something in', () => {
    const all = [QUEUE, target('other', 'sqs')]
    const times = (known: BudgetQuestion['known']) => all.map((one) => ask(all, { counted: false, known }).of(one, whole).timeMs)
    expect(times(() => 0)).to.deep.equal([5_000, 5_000])
    const [queue = 0, other = 0] = times(({ id }) => (id === 'queue' ? 1 : 0))
    expect(queue).to.be.greaterThan(other)
    expect(queue + other).to.be.closeTo(10_000, 1)
  })

  it('is split among those of this machine, where time limits it', () => {
    const all = [OPEN, QUEUE]
    expect(ask(all, { own: [QUEUE] }).of(QUEUE, whole).timeMs).to.equal(10_000)
  })

  it('begins with what takes longest, where time limits it, and keeps the order where runs are counted', () => {
    const all = [QUEUE, OPEN]
    expect(ask(all, { counted: false }).inOrder(all)).to.deep.equal([OPEN, QUEUE])
    expect(ask(all).inOrder(all)).to.equal(all)
  })

  it('is split evenly where nothing can be read', () => {
    expect(runs([OPEN, QUEUE], { live: true })).to.deep.equal([500, 500])
    expect(ask([OPEN]).told({ id: 'open' } as never)).to.deep.equal({ id: 'open' })
  })
})
