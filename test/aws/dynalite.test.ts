import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { agree, copyItems, type Outcome, outcomeOf } from './dynalite-compare.js'
import { DIFFERENCES, differencesPage } from './dynalite-differences.js'
import { type Operation, operation } from './dynalite-operations.js'
import { newAws, ours, type Side, startDynalite } from './dynalite-sides.js'

const COUNT = Number(process.env.DYNALITE_OPERATIONS ?? 600)
const SEED = Number(process.env.DYNALITE_SEED ?? 20261122)

interface Tally {
  readonly unlisted: string[]
  readonly listed: Map<string, number>
  refused: number
  otherWords: number
}

describe(`agreement with dynalite over ${COUNT} operations, seed ${SEED}`, function () {
  this.timeout(60_000 + COUNT * 50)
  let dynalite: Awaited<ReturnType<typeof startDynalite>>
  before(async () => (dynalite = await startDynalite()))
  after(() => dynalite?.close())

  it('has its differences in docs/aws-differences.md', () => {
    const page = 'docs/aws-differences.md'
    if (process.env.UPDATE_GOLDEN) writeFileSync(page, differencesPage())
    expect(readFileSync(page, 'utf8')).to.equal(differencesPage())
  })

  it('differs only as docs/aws-differences.md says', async () => {
    const tally: Tally = { unlisted: [], listed: new Map(), refused: 0, otherWords: 0 }
    let side = ours(newAws())
    for (const each of fc.sample(operation, { numRuns: COUNT, seed: SEED })) {
      const parted = await compare(each, dynalite.ask, side, tally)
      if (!parted) continue
      side = ours(newAws())
      await copyItems(dynalite.ask, side)
    }
    print(tally)
    expect(
      tally.unlisted,
      `not listed, the first ones:\n${tally.unlisted.slice(0, Number(process.env.SHOWN ?? 10)).join('\n\n')}\n`,
    ).to.have.lengthOf(0)
    expect(COUNT - tally.refused, 'operations that both let through').to.be.greaterThan(COUNT / 3)
  })
})

/** True when the two sides answered differently, so that their items may differ from then on. */
async function compare(each: Operation, theirs: Side, mine: Side, tally: Tally): Promise<boolean> {
  const [a, b] = [await outcomeOf(theirs, each), await outcomeOf(mine, each)]
  if (a.status !== 200) tally.refused++
  if (agree(a, b)) {
    if (a.message !== b.message) tally.otherWords++
    if (a.message !== b.message && process.env.DYNALITE_WORDS) console.log(`  - ${a.message}\n  + ${b.message}`)
    // dynalite takes some of these names and forgets them.
    return JSON.stringify(each).includes('"__proto__":')
  }
  const known = DIFFERENCES.find((difference) => difference.matches(each, a, b))
  if (known === undefined) tally.unlisted.push(shown(each, a, b))
  else tally.listed.set(known.id, (tally.listed.get(known.id) ?? 0) + 1)
  return true
}

const shown = (each: Operation, a: Outcome, b: Outcome): string =>
  [JSON.stringify(each), `dynalite: ${text(a)}`, `ours:     ${text(b)}`].join('\n')
const text = ({ status, code, message, body }: Outcome): string => `${status} ${code} ${message} ${body}`

function print({ listed, refused, otherWords, unlisted }: Tally): void {
  const known = [...listed].map(([id, count]) => `${id} ${count}`).join(', ') || 'none'
  console.log(`    ${COUNT} operations, seed ${SEED}: ${refused} refused, ${otherWords} of them in other words;`)
  console.log(`    listed differences: ${known}; unlisted: ${unlisted.length}`)
}
