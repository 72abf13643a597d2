import { expect } from 'chai'
import { atOnce, plan } from '#src/campaign/plan.js'
import type { Variant } from '#src/campaign/variant.js'
import { loadFamilies } from '#src/config/index.js'
import { sourceOf } from '#src/events/index.js'
import { caseMaker } from '#src/generate/index.js'
import type { Draft, Trial } from '#src/model/index.js'
import { oracles } from '#src/oracles/index.js'

const maker = caseMaker(sourceOf('sqs'), {}, 1)
const [template] = maker.templates(['name'])
const draft = maker.supply(template!, '/Records/0/body#json/name', '{{canary}}') ?? template!
const WIRE = '/messages/0/body/value/name'
const sinks = [{ kind: 'response', place: 'answer' }]
const variant: Variant = {
  draft,
  trial: { case: { draft }, observations: [] } as unknown as Trial,
  reach: new Map([[WIRE, sinks]]) as unknown as Variant['reach'],
  listed: new Set(),
  naming: new Set(),
}
const families = loadFamilies(undefined)
const late = new Set(families.filter((family) => family.late === true).map(({ id }) => id))
const isLate = ({ labels }: Draft): boolean => late.has(labels[0]!.split('/')[0]!)
const arsenal = { families, oracles }

describe('payloads that show something rarely', () => {
  it('are tried when all else has been', () => {
    const { first, rest, last } = plan(maker, [variant], arsenal, () => 0.5)
    expect([...first, ...rest].filter(isLate)).to.deep.equal([])
    expect(last()).to.have.length.of.at.least(50)
    expect(last().filter((one) => !isLate(one))).to.deep.equal([])
  })
  it('do not come before others where data is seen to reach a sink', () => {
    const chosen = atOnce(maker, [variant], arsenal, new Set())
    expect(chosen).to.not.deep.equal([])
    expect(chosen.filter(isLate)).to.deep.equal([])
  })
  it('are tried once at each place, in the variant that got furthest', () => {
    const other: Variant = { ...variant, draft: maker.withValue(draft, maker.points(draft)[0]!, 'x') }
    const made = plan(maker, [variant, other], arsenal, () => 0.5).last()
    const places = made.map(({ labels }) => labels[0])
    expect(new Set(places).size).to.equal(places.length)
  })
})
