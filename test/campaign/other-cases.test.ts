import { expect } from 'chai'
import { answering } from '#src/campaign/operands.js'
import { sourceOf } from '#src/events/index.js'
import { caseMaker } from '#src/generate/index.js'
import { type Comparison, getAt, SLOT, type Trial } from '#src/model/index.js'

const maker = caseMaker(sourceOf('apigw-v2'), {}, 1)
const made = maker.render(maker.supply(maker.templates([])[0]!, '/queryStringParameters/area', SLOT)!, 7)!
const { canary, point } = made.canaries.find((one) => one.point.wire.includes('area'))!

/** Answers to a comparison with the header, and what they are in other cases. */
function answers(op: string, other: Comparison['other'], text = canary, ...more: readonly Comparison[]) {
  const asked = { op, other, text }
  const trial = { case: made, observations: [{ compared: [...more, asked] }] } as unknown as Trial
  return answering(maker, trial, asked).map(({ draft, otherwise }) =>
    [draft, ...(otherwise ?? [])].map(({ wire }) => getAt(wire, point.wire)),
  )
}
const small: Comparison = { op: 'case', other: true, text: canary }

describe('answers in other cases', () => {
  it('stand behind the answer where the text was made small or large, at most two', () => {
    expect(answers('===', 'Admin', canary, small)).to.deep.equal([['Admin', 'admin', 'ADMIN']])
    expect(answers('===', 'NORTH', canary.toUpperCase(), small)).to.deep.equal([['NORTH', 'north']])
    expect(answers('startsWith', 'Ab-', canary, small)).to.deep.equal([[`Ab-${SLOT}`, `ab-${SLOT}`, `AB-${SLOT}`]])
  })
  it('stand behind what a pattern without case matches', () => {
    expect(answers('regex:i', '^Code$')).to.deep.equal([['Code', 'code', 'CODE']])
    expect(answers('regex:', '^Code$')).to.deep.equal([['Code']])
  })
  it('are none where the case was never changed, and none of what has no letters', () => {
    expect(answers('===', 'Admin')).to.deep.equal([['Admin']])
    expect(answers('===', '12-34', canary, small)).to.deep.equal([['12-34']])
    expect(answers('===', 'Admin', canary, { ...small, text: 'efbbbbbbbbbbz' })).to.deep.equal([['Admin']])
  })
  it('are no answer to the change of case itself', () => expect(answers('case', true)).to.deep.equal([]))
})
