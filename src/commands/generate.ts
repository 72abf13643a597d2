import { loadFamilies } from '../config/index.js'
import { SLOT, sourceOf, USUAL_FIELDS } from '../events/index.js'
import { caseMaker, sampleWires } from '../generate/index.js'
import type { CaseMaker, Draft, SourceId, Stage } from '../model/index.js'

export interface GenerateOptions {
  readonly source: SourceId
  readonly stage: Stage
  readonly count: number
  readonly seed: number
}

/** One generated input: the texts of its events, and how it was made. */
export interface Generated {
  readonly source: SourceId
  readonly stage: Stage
  readonly events: readonly string[]
  readonly labels: readonly string[]
}

/** Events of one source and stage; the same seed gives the same events to the byte. */
export function* generate({ source: id, stage, count, seed }: GenerateOptions): Generator<Generated> {
  const source = sourceOf(id)
  if (stage === 'valid') {
    for (const wire of sampleWires(source, {}, seed, count)) {
      yield { source: id, stage, events: [JSON.stringify(source.toEvent(wire, {}))], labels: ['random valid event'] }
    }
    return
  }
  const maker = caseMaker(source, {}, seed & 0x3ff)
  let number = seed & 0xffff
  let made = 0
  while (made < count) {
    const before = made
    for (const draft of draftsOf(maker, stage, seed + number)) {
      const one = maker.render(draft, number++)
      if (one === undefined) continue
      yield { source: id, stage, events: one.steps.map(({ text }) => text), labels: draft.labels }
      if (++made >= count) return
    }
    if (made === before) return
  }
}

function* draftsOf(maker: CaseMaker, stage: Stage, seed: number): Generator<Draft> {
  const bases = [...maker.templates([]).map((draft) => withFields(maker, draft)), ...maker.samples(seed, 4)]
  for (const base of bases) {
    if (stage === 'boundary') yield* maker.boundaries(base)
    else yield* hostile(maker, base)
  }
}

function* hostile(maker: CaseMaker, base: Draft): Generator<Draft> {
  for (const point of maker.points(base)) {
    for (const family of loadFamiliesOnce()) {
      for (const payload of family.payloads) {
        const placed = maker.place(base, point, family, payload)
        if (placed !== undefined) yield placed
      }
    }
  }
}

let families: ReturnType<typeof loadFamilies> | undefined
const loadFamiliesOnce = () => (families ??= loadFamilies(undefined))

const withFields = (maker: CaseMaker, draft: Draft): Draft =>
  USUAL_FIELDS.reduce((filled, pointer) => maker.supply(filled, pointer, SLOT) ?? filled, draft)
