import { otherBodies } from '../campaign/other-requests.js'
import { loadFamilies } from '../config/index.js'
import { ODD_HEADERS, SLOT, sourceOf, USUAL_FIELDS } from '../events/index.js'
import { caseMaker, inconsistent, malformed, negatives, sampleWires } from '../generate/index.js'
import type { CaseMaker, Draft, EventSource, GeneratedStage, Json, SourceId, Trigger } from '../model/index.js'
import { type Explanation, explain } from './explain.js'
import { sequences } from './sequences.js'

export interface GenerateOptions {
  readonly source: SourceId
  readonly stage: GeneratedStage
  readonly count: number
  readonly seed: number
  /** How the function is triggered; absent: in any way. */
  readonly trigger?: Trigger
  /** Directory of the user's own payload files. */
  readonly payloads?: string | undefined
  /** Also how to deliver each event. */
  readonly recipe?: boolean
  /** Also what each event is about. */
  readonly explain?: boolean
}

/** One generated input: the texts of its events, and how it was made. */
export interface Generated {
  readonly source: SourceId
  readonly stage: GeneratedStage
  readonly events: readonly string[]
  readonly labels: readonly string[]
  /** Shell commands that make the service deliver the event; none for what no service delivers, and for sequences. */
  readonly recipe?: readonly string[]
  /** What the event is about, for people, and where somebody else's data stands in it. */
  readonly explain?: Explanation
}

/** An input, and the wire input that it was made of. */
export interface Made extends Pick<Generated, 'events' | 'labels'> {
  readonly wire: Json
  /** False: no service hands this over, or not by one command. */
  readonly delivered: boolean
}

/** Events of one source and stage; the same seed gives the same events to the byte. Fewer than asked for where the stage has no more. */
export function* generate(options: GenerateOptions): Generator<Generated> {
  const { source: id, stage, count, trigger = {} } = options
  const source = sourceOf(id, trigger)
  let made = 0
  for (const { wire, delivered, events, labels } of madeOf(source, options)) {
    yield {
      ...{ source: id, stage, events, labels },
      ...(options.recipe === true && delivered && { recipe: source.recipe(wire, trigger) }),
      ...(options.explain === true && { explain: explain(source, stage, { wire, delivered, events, labels }, trigger) }),
    }
    if (++made >= count) return
  }
}

function* madeOf(source: EventSource, { stage, count, seed, trigger = {}, payloads }: GenerateOptions): Generator<Made> {
  switch (stage) {
    case 'valid':
      for (const wire of sampleWires(source, trigger, seed, count)) {
        const events = [JSON.stringify(source.toEvent(wire, trigger))]
        yield { events, labels: ['random valid event'], wire, delivered: true }
      }
      return
    case 'negative':
    case 'inconsistent':
      return yield* broken(source, stage, trigger, seed)
    case 'sequence':
      return yield* sequences(source, caseMaker(source, trigger, seed & 0x3ff), trigger, seed)
    default: {
      const families = stage === 'hostile' ? loadFamilies(payloads) : []
      yield* rendered(caseMaker(source, trigger, seed & 0x3ff), stage, seed, families)
    }
  }
}

const ROUNDS = 200

/** Valid events, in one respect no longer so: no service hands them over. */
function* broken(source: EventSource, stage: 'negative' | 'inconsistent', trigger: Trigger, seed: number): Generator<Made> {
  const ways = stage === 'negative' ? negatives : inconsistent
  for (const wire of sampleWires(source, trigger, seed, ROUNDS)) {
    const event = JSON.parse(JSON.stringify(source.toEvent(wire, trigger))) as Json
    for (const { event: other, label } of ways(source.schema, event))
      yield { events: [JSON.stringify(other)], labels: [label], wire, delivered: false }
  }
}

type RenderedStage = 'boundary' | 'hostile' | 'malformed'
type Families = ReturnType<typeof loadFamilies>

function* rendered(maker: CaseMaker, stage: RenderedStage, seed: number, families: Families): Generator<Made> {
  let number = seed & 0xffff
  for (let before = -1; before !== number; ) {
    before = number
    for (const draft of draftsOf(maker, stage, seed + number, families)) {
      const made = maker.render(draft, number++)
      if (made === undefined) continue
      yield { events: made.steps.map(({ text }) => text), labels: draft.labels, wire: made.wire, delivered: true }
    }
  }
}

function* draftsOf(maker: CaseMaker, stage: RenderedStage, seed: number, families: Families): Generator<Draft> {
  const templates = maker.templates([])
  const filled = templates.map((draft) => withFields(maker, draft, USUAL_FIELDS))
  const others =
    stage === 'hostile'
      ? [...filled.map((draft) => withFields(maker, draft, ODD_HEADERS)), ...otherBodies(maker, templates)]
      : filled
  for (const base of [...others, ...maker.samples(seed, 4)]) {
    if (stage === 'boundary') yield* maker.boundaries(base)
    else if (stage === 'malformed') yield* malformed(base)
    else yield* hostile(maker, base, families)
  }
}

function* hostile(maker: CaseMaker, base: Draft, families: Families): Generator<Draft> {
  for (const point of maker.points(base)) {
    for (const family of families) {
      for (const payload of family.payloads) {
        const placed = maker.place(base, point, family, payload)
        if (placed !== undefined) yield placed
      }
    }
  }
}

const withFields = (maker: CaseMaker, draft: Draft, fields: readonly string[]): Draft =>
  fields.reduce((filled, pointer) => maker.supply(filled, pointer, SLOT) ?? filled, draft)
