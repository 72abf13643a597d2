import { loadFamilies } from '../config/index.js'
import { SLOT, sourceOf, USUAL_FIELDS } from '../events/index.js'
import { caseMaker, inconsistent, malformed, negatives, sampleWires } from '../generate/index.js'
import type { CaseMaker, Draft, EventSource, GeneratedStage, Json, SourceId } from '../model/index.js'
import { sequences } from './sequences.js'

export interface GenerateOptions {
  readonly source: SourceId
  readonly stage: GeneratedStage
  readonly count: number
  readonly seed: number
  /** Also how to deliver each event. */
  readonly recipe?: boolean
}

/** One generated input: the texts of its events, and how it was made. */
export interface Generated {
  readonly source: SourceId
  readonly stage: GeneratedStage
  readonly events: readonly string[]
  readonly labels: readonly string[]
  /** Shell commands that make the service deliver the event; none for what no service delivers, and for sequences. */
  readonly recipe?: readonly string[]
}

/** Events of one source and stage; the same seed gives the same events to the byte. Fewer than asked for where the stage has no more. */
export function* generate(options: GenerateOptions): Generator<Generated> {
  const { source: id, stage, count } = options
  let made = 0
  for (const { recipe, ...one } of madeOf(options)) {
    yield { source: id, stage, ...one, ...(options.recipe === true && recipe !== undefined ? { recipe } : {}) }
    if (++made >= count) return
  }
}

type Made = Pick<Generated, 'events' | 'labels' | 'recipe'>

function* madeOf(options: GenerateOptions): Generator<Made> {
  const { source: id, stage, count, seed } = options
  const source = sourceOf(id)
  switch (stage) {
    case 'valid':
      for (const wire of sampleWires(source, {}, seed, count)) yield one(source, wire, ['random valid event'])
      return
    case 'negative':
    case 'inconsistent':
      return yield* broken(source, stage, seed)
    case 'sequence':
      return yield* sequences(source, caseMaker(source, {}, seed & 0x3ff), seed)
    default:
      yield* rendered(caseMaker(source, {}, seed & 0x3ff), stage, seed)
  }
}

const one = (source: EventSource, wire: Json, labels: readonly string[]): Made => ({
  events: [JSON.stringify(source.toEvent(wire, {}))],
  labels,
  recipe: source.recipe(wire, {}),
})

const ROUNDS = 200

/** Valid events, in one respect no longer so: no service hands them over. */
function* broken(source: EventSource, stage: 'negative' | 'inconsistent', seed: number): Generator<Made> {
  const ways = stage === 'negative' ? negatives : inconsistent
  for (const wire of sampleWires(source, {}, seed, ROUNDS)) {
    const event = JSON.parse(JSON.stringify(source.toEvent(wire, {}))) as Json
    for (const { event: other, label } of ways(source.schema, event)) yield { events: [JSON.stringify(other)], labels: [label] }
  }
}

function* rendered(maker: CaseMaker, stage: 'boundary' | 'hostile' | 'malformed', seed: number): Generator<Made> {
  let number = seed & 0xffff
  for (let before = -1; before !== number; ) {
    before = number
    for (const draft of draftsOf(maker, stage, seed + number)) {
      const made = maker.render(draft, number++)
      if (made !== undefined)
        yield { events: made.steps.map(({ text }) => text), labels: draft.labels, recipe: maker.recipe(made) }
    }
  }
}

function* draftsOf(maker: CaseMaker, stage: 'boundary' | 'hostile' | 'malformed', seed: number): Generator<Draft> {
  const bases = [...maker.templates([]).map((draft) => withFields(maker, draft)), ...maker.samples(seed, 4)]
  for (const base of bases) {
    if (stage === 'boundary') yield* maker.boundaries(base)
    else if (stage === 'malformed') yield* malformed(base)
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
