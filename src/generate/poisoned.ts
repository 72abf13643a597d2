import { type Draft, type EventSource, getAt, type InsertionPoint, isJsonObject, type Json } from '../model/index.js'
import { setAt } from './edit.js'
import { mapObject } from './render.js'

/** Good records around one that no consumer can read; its base is the same batch with three good ones. */
export function poisoned(source: EventSource, draft: Draft): readonly Draft[] {
  const batch = source.batch
  const good = batch === undefined ? undefined : getAt(draft.wire, `${batch.at}/0`)
  if (batch === undefined || good === undefined) return []
  const of = (middle: Json) =>
    setAt(
      draft.wire,
      batch.at,
      [good, middle, good].map((record, i) => renamed(record, i)),
    )
  const base: Draft = { ...draft, wire: of(good) }
  const point: InsertionPoint = { wire: `${batch.at}/1`, control: 'producer', encodings: [], kind: 'leaf' }
  return batch.poison(good).map((bad, i) => ({
    ...draft,
    stage: 'sequence' as const,
    wire: of(bad),
    base,
    placed: { family: 'poison-record', payload: `poison-${i}`, point, control: renamed(good, 1), keys: [] },
    labels: [`unreadable record ${i} between two good ones`],
  }))
}

/** Records of one batch have ids of their own. */
function renamed(record: Json, i: number): Json {
  if (!isJsonObject(record)) return record
  return mapObject(record, (value, key) =>
    key === 'messageId' && typeof value === 'string' ? value.slice(0, -1) + String(i + 1) : value,
  )
}
