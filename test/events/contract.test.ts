import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { SLOT, sources, USUAL_FIELDS } from '#src/events/index.js'
import { caseMaker, sampleWires } from '#src/generate/index.js'
import type { Draft, Json } from '#src/model/index.js'
import { THOROUGH } from '../thorough.js'
import { presenceOf } from './presence.js'
import { readPointer } from './read-pointer.js'

/** CI asks for ten thousand, `npm run verify` for a hundred thousand. */
const COUNT = Number(process.env['EVENTS'] ?? (THOROUGH ? 10_000 : 200))
/** So many at once. */
const CHUNK = 5_000
/** For what is no matter of numbers. */
const SOME = 200
const NAMES = ['id', 'name', 'customerId', 'constructor', '__proto__']

/** Leaves of a type of their own, such as a number as text: a canary there is not deliverable. */
const NO_TEXT: readonly RegExp[] = [/\/[NB]$/]

/** Of so many, 5 %, and three standard deviations of luck less. */
const least = (of: number): number => 0.05 * of - 3 * Math.sqrt(0.05 * of)

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const child of Object.values(Object.freeze(value))) frozen(child)
  return value
}

for (const source of sources) {
  describe(`event source ${source.id}`, () => {
    const ajv = new Ajv2020({ strict: false, ownProperties: true, validateFormats: false })
    const check = ajv.compile(source.schema)
    const accepts = (event: unknown, about: string) =>
      expect(check(event) ? null : { about, errors: check.errors }).to.equal(null)
    let wires: readonly Json[] = []
    before(() => {
      wires = sampleWires(source, {}, 7, Math.min(COUNT, CHUNK)).map(frozen)
    })
    const maker = caseMaker(source, {}, 5)
    /** Templates with the fields that a handler may look for. */
    const drafts = (): Draft[] => {
      const filled = (draft: Draft) => USUAL_FIELDS.reduce((made, pointer) => maker.supply(made, pointer, SLOT) ?? made, draft)
      return maker.templates(NAMES).flatMap((draft) => [draft, filled(draft)])
    }

    it(`makes ${COUNT} valid events that survive JSON`, () => {
      for (let made = 0, seed = 7; made < COUNT; made += CHUNK, seed++) {
        for (const wire of sampleWires(source, {}, seed, Math.min(CHUNK, COUNT - made))) {
          const text = JSON.stringify(source.toEvent(wire, {}))
          const event = JSON.parse(text) as unknown
          if (!check(event)) accepts(event, text)
          expect(JSON.stringify(event)).to.equal(text)
        }
      }
    })

    it('makes wire inputs that their own schema accepts', () => {
      const wireCheck = ajv.compile({ $id: `${source.id}-wire`, $ref: '#/$defs/wire', $defs: source.schema['$defs'] })
      for (const wire of wires) expect(wireCheck(wire) ? null : wireCheck.errors).to.equal(null)
    })

    it('makes the same bytes of the same seed, and others of another', () => {
      const text = (seed: number) => JSON.stringify(sampleWires(source, {}, seed, 50).map((wire) => source.toEvent(wire, {})))
      expect(text(1)).to.equal(text(1))
      expect(text(1)).to.not.equal(text(2))
    })

    it('makes different events', () => {
      const some = wires.slice(0, 1_000)
      expect(new Set(some.map((wire) => JSON.stringify(source.toEvent(wire, {})))).size).to.be.at.least(0.85 * some.length)
    })

    it('is pure', () => {
      for (const wire of wires.slice(0, 200)) {
        const before = JSON.stringify(wire)
        expect(JSON.stringify(source.toEvent(wire, {}))).to.equal(JSON.stringify(source.toEvent(wire, {})))
        expect(JSON.stringify(wire)).to.equal(before)
      }
    })

    it('shows and leaves out every optional field in 5 % of the events or more', () => {
      const events = wires.map((wire) => source.toEvent(wire, {}))
      const wrong: string[] = []
      for (const [pointer, { present, of, rare, filled }] of presenceOf(source.schema, events)) {
        const isWrong = rare ? present > 0 : filled ? present < of : of === 0 || Math.min(present, of - present) < least(of)
        if (isWrong) wrong.push(`${pointer}: ${present} of ${of}`)
      }
      expect(wrong).to.deep.equal([])
    })

    it('says in one line each how to deliver an event', () => {
      for (const wire of wires.slice(0, SOME)) {
        const lines = source.recipe(wire, {})
        expect(lines).to.not.be.empty
        for (const line of lines) expect(line).to.match(/^[^\r\n\u0085\u2028\u2029]{8,}$/)
      }
    })

    it('has valid templates, whose samples honour what the owner configured', () => {
      for (const draft of drafts()) {
        const made = maker.render(draft, 1)
        expect(made, JSON.stringify(draft.wire)).to.not.equal(undefined)
        accepts(JSON.parse(made!.steps[0]!.text), made!.steps[0]!.text)
        expect(made!.steps[0]!.text).to.not.include('{{')
      }
    })

    it('shows the canary of every insertion point of every template where pointers() says', () => {
      let shown = 0
      for (const draft of drafts()) {
        for (const point of maker.points(draft)) {
          if (point.kind !== 'leaf' || NO_TEXT.some((one) => one.test(point.wire))) continue
          const made = maker.render(maker.withValue(draft, point, point.wire === '/path' ? `/${SLOT}` : SLOT), 3)
          expect(made, `${point.wire} of ${JSON.stringify(draft.wire)}`).to.not.equal(undefined)
          const event = JSON.parse(made!.steps[0]!.text) as Json
          const planted = made!.canaries.find((one) => one.point.wire === point.wire)
          expect(planted?.point, point.wire).to.deep.equal(point)
          const pointers = maker.pointers(made!, planted!.canary)
          expect(pointers, point.wire).to.not.be.empty
          for (const pointer of pointers) {
            const key = pointer.slice(pointer.lastIndexOf('/') + 1)
            expect(JSON.stringify(readPointer(event, pointer)) + key, `${point.wire} at ${pointer}`).to.include(planted!.canary)
          }
          shown++
        }
      }
      expect(shown).to.be.at.least(drafts().length / 2)
    })
  })
}
