import { expect } from 'chai'
import type { AwsCall, Observation, Oracle, Outcome } from '#src/model/index.js'
import { unboundedCalls } from '#src/oracles/unbounded-calls.js'
import { unboundedMemory } from '#src/oracles/unbounded-memory.js'
import { returned, trial } from './trial-maker.js'

const MIB = 2 ** 20
const call = { service: 'dynamodb', operation: 'PutItem', location: null, frames: [] } as unknown as AwsCall

interface Seen {
  readonly mib?: number
  readonly calls?: number
  readonly outcome?: Outcome
}

/** Five events: one that asks for next to nothing, and four whose amounts grow by four. */
function judged(oracle: Oracle, seen: readonly Seen[], label = 'grows: number at /query/n/0') {
  const draft = { ...trial({}).case.draft, stage: 'sequence' as const, labels: [label] }
  const made = trial({ case: { stage: 'sequence', injection: null, draft } })
  const observations = seen.map(
    ({ mib = 60, calls = 0, outcome = returned({ statusCode: 200 }) }): Observation => ({
      ...made.observations[0]!,
      ...{ rssBytes: mib * MIB, aws: Array.from({ length: calls }, () => call), outcome },
    }),
  )
  return [...oracle.judge({ ...made, observations })]
}

const OUT: Outcome = { kind: 'crashed', exitCode: 134, signal: null, reason: 'out-of-memory', detail: '' }

describe('unbounded-memory', () => {
  for (const [what, mib, speaks] of [
    ['proportion', [55, 56, 60, 75, 135], true],
    ['proportion after a large beginning', [180, 181, 185, 200, 260], true],
    ['proportion, collected late', [55, 57, 66, 84, 122], true],
    ['little memory', [55, 55, 56, 60, 76], false],
    ['a bound', [55, 56, 60, 75, 78], false],
    ['the same for each event', [55, 85, 115, 145, 175], false],
    ['no growth', [200, 200, 200, 200, 200], false],
    ['too few events', [55, 75, 135], false],
  ] as const)
    it(`${speaks ? 'speaks of' : 'is silent on'} ${what}`, () =>
      expect(
        judged(
          unboundedMemory,
          mib.map((one) => ({ mib: one })),
        ),
      ).to.have.lengthOf(speaks ? 1 : 0))
  it('is silent where the process ended: that is a crash', () =>
    expect(judged(unboundedMemory, [{}, {}, {}, {}, { mib: 300, outcome: OUT }])).to.deep.equal([]))
  it('names the field and what was used', () =>
    expect(
      judged(unboundedMemory, [{}, {}, { mib: 62 }, { mib: 70 }, { mib: 110 }], 'grows: packed bytes at /body/text')[0]?.evidence,
    ).to.equal('/body/text: 60, 62, 70, 110 MiB in use at most, for lengths of packed zeros that grow by four'))
  it('is silent on other sequences', () =>
    expect(judged(unboundedMemory, [{}, {}, {}, {}, { mib: 200 }], 'grows: text at /query/n/0')).to.deep.equal([]))
})

describe('unbounded-calls', () => {
  for (const [what, calls, speaks] of [
    ['a call for each', [1, 1, 4, 16, 64], true],
    ['two calls for each and one more', [3, 3, 9, 33, 129], true],
    ['a bound', [1, 1, 4, 16, 25], false],
    ['a call for each of a batch', [1, 1, 1, 1, 3], false],
    ['the same number of calls', [40, 40, 40, 40, 40], false],
    ['retries of the last', [1, 1, 1, 1, 40], false],
    ['no calls', [0, 0, 0, 0, 0], false],
  ] as const)
    it(`${speaks ? 'speaks of' : 'is silent on'} ${what}`, () =>
      expect(
        judged(
          unboundedCalls,
          calls.map((one) => ({ calls: one })),
        ),
      ).to.have.lengthOf(speaks ? 1 : 0))
  it('is silent on bytes', () =>
    expect(
      judged(
        unboundedCalls,
        [1, 1, 4, 16, 64].map((calls) => ({ calls })),
        'grows: packed bytes at /body/text',
      ),
    ).to.deep.equal([]))
})
