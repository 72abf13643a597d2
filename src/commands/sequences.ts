import { sourceOf } from '../events/index.js'
import { setAt } from '../generate/index.js'
import {
  type CaseMaker,
  type Draft,
  type EventSource,
  getAt,
  isJsonObject,
  type Json,
  type JsonObject,
  type Trigger,
} from '../model/index.js'
import type { Made } from './generate.js'

type Sequence = Pick<Made, 'events' | 'labels'>

/** What services do with one and the same event, and with those of several senders: at least once, in any order, side by side. */
export function* sequences(source: EventSource, maker: CaseMaker, trigger: Trigger, seed: number): Generator<Made> {
  const text = (wire: Json) => JSON.stringify(source.toEvent(wire, trigger))
  for (const [i, draft] of [...maker.templates([]), ...maker.samples(seed, 20)].entries()) {
    const number = (seed & 0xffff) + 2 * i
    const [mine, theirs] = [maker.render(draft, number), maker.render(draft, number + 1)]
    if (mine === undefined || theirs === undefined) continue
    const [a, b] = [mine.steps[0]!.text, theirs.steps[0]!.text]
    const all: Sequence[] = [
      { events: [a, a], labels: ['the same event twice'] },
      { events: [a, b, a, b], labels: ['two senders in turns'] },
      ...inBatches(source, mine.wire, text),
      ...poisoned(maker, draft, number),
      ...(source.id === 'apigw-v1' || source.id === 'apigw-v2' ? [asBoth(mine.wire)] : []),
      ...(source.id === 'apigw-v1' ? [overHttp2(a)] : []),
    ]
    for (const one of all) yield { ...one, wire: mine.wire, delivered: false }
  }
}

function* inBatches(source: EventSource, wire: Json, text: (wire: Json) => string): Generator<Sequence> {
  const at = source.batch?.at
  const records = at === undefined ? undefined : getAt(wire, at)
  if (at === undefined || !Array.isArray(records)) return
  const list = records as readonly Json[]
  yield { events: [text(setAt(wire, at, [...list, list[0]!]))], labels: ['a record twice in one batch'] }
  if (list.length > 1)
    yield { events: [text(wire), text(setAt(wire, at, [...list].reverse()))], labels: ['the records in another order'] }
  if (!isJsonObject(list[0]!) || typeof list[0]['receiveCount'] !== 'number') return
  const again = [1, 2, 3].map((count) =>
    text(
      setAt(
        wire,
        at,
        list.map((one) => setAt(one, '/receiveCount', count)),
      ),
    ),
  )
  yield { events: again, labels: ['the same messages again, with a rising ApproximateReceiveCount'] }
}

function* poisoned(maker: CaseMaker, draft: Draft, number: number): Generator<Sequence> {
  for (const one of maker.poisoned(draft)) {
    const made = maker.render(one, number)
    if (made !== undefined) yield { events: made.steps.map(({ text }) => text), labels: one.labels }
  }
}

/** One request of a client, in both payload formats of API Gateway. */
const asBoth = (wire: Json): Sequence => ({
  events: (['apigw-v1', 'apigw-v2'] as const).map((id) => JSON.stringify(sourceOf(id).toEvent(wire, {}))),
  labels: ['the same request in format 1.0 and in format 2.0'],
})

/** REST APIs hand header names over as they came: HTTP/2 knows small letters only. */
function overHttp2(text: string): Sequence {
  const event = JSON.parse(text) as JsonObject
  const small = (headers: Json | undefined): Json =>
    Object.fromEntries(Object.entries((headers ?? {}) as JsonObject).map(([name, value]) => [name.toLowerCase(), value]))
  const other = { ...event, headers: small(event['headers']), multiValueHeaders: small(event['multiValueHeaders']) }
  return {
    events: [text, JSON.stringify(other)],
    labels: ['the same request over HTTP/1.1 and over HTTP/2, which has header names in small letters'],
  }
}
