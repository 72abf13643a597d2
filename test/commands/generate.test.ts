import { expect } from 'chai'
import { generate } from '#src/commands/generate.js'
import { type Json, SOURCE_IDS, type Stage } from '#src/model/index.js'
import { validatorOf } from '../events/validator.js'

describe('generate', () => {
  for (const source of SOURCE_IDS) {
    const valid = validatorOf(source)
    for (const stage of ['valid', 'boundary', 'hostile'] as const satisfies readonly Stage[]) {
      it(`makes ${stage} events of ${source}, all of them deliverable, the same for the same seed`, () => {
        const made = (seed: number) => [...generate({ source, stage, count: 40, seed })]
        const some = made(1)
        expect(some).to.have.lengthOf(40)
        for (const { events, labels } of some) {
          expect(labels).to.not.be.empty
          expect(events).to.have.lengthOf(1)
          expect(valid(JSON.parse(events[0]!) as Json) ? null : valid.errors, events[0]!).to.equal(null)
        }
        expect(made(1)).to.deep.equal(some)
      })
    }
  }

  it('says how to deliver an event when asked, and of broken ones that nobody can', () => {
    const recipes = (stage: 'valid' | 'hostile' | 'negative', recipe: boolean) =>
      [...generate({ source: 'sns', stage, count: 5, seed: 1, recipe })].map((one) => one.recipe?.[0])
    for (const line of [...recipes('valid', true), ...recipes('hostile', true)]) expect(line).to.match(/^aws sns publish/)
    expect([...recipes('valid', false), ...recipes('negative', true)]).to.deep.equal(Array.from({ length: 10 }))
  })
})
