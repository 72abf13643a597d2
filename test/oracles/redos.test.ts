import { expect } from 'chai'
import type { Case, Observation, Outcome } from '#src/model/index.js'
import { redos } from '#src/oracles/redos.js'
import { returned, trial } from './trial-maker.js'

const AT = '/body/value/title'

/** A short text, then four that double in length, with the processor time of each in milliseconds. */
function judged(ms: readonly number[], changes: Partial<Case['draft']> = {}, outcome: Outcome = returned({ statusCode: 200 })) {
  const draft = { ...trial({}).case.draft, stage: 'sequence' as const, labels: [`grows: text at ${AT}`], ...changes }
  const made = trial({ case: { stage: draft.stage, injection: null, draft }, outcome })
  const observations = ms.map((one): Observation => ({ ...made.observations[0]!, cpuUs: one * 1000 }))
  return [...redos.judge({ ...made, observations })]
}

describe('redos', () => {
  for (const [what, ms, speaks] of [
    ['a square', [1, 12, 48, 190, 760], true],
    ['a cube', [1, 1, 8, 64, 512], true],
    ['a square after a slow beginning', [170, 12, 43, 170, 730], true],
    ['proportion', [1, 100, 200, 400, 800], false],
    ['a little more than proportion', [1, 20, 44, 96, 210], false],
    ['a square that is nobody’s trouble', [1, 1, 4, 16, 64], false],
    ['one slow event', [1, 100, 3, 3, 900], false],
    ['too few events', [1, 10, 200], false],
    ['no event at all', [], false],
  ] as const)
    it(`${speaks ? 'speaks of' : 'is silent on'} ${what}`, () => expect(judged(ms)).to.have.lengthOf(speaks ? 1 : 0))
  it('names the field and the times', () =>
    expect(judged([1, 12, 48, 190, 760])[0]?.evidence).to.equal(
      `${AT}: 12, 48, 190, 760 ms of processor time for texts of growing length`,
    ))
  it('is silent on other sequences', () => expect(judged([1, 12, 48, 190, 760], { labels: [] })).to.deep.equal([]))
  it('is silent where all of them run into the timeout: that is a hang', () =>
    expect(judged([0, 0, 0, 0, 0], {}, { kind: 'timed-out', afterMs: 3000, spinning: true })).to.deep.equal([]))
})
