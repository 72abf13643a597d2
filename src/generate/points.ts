import type { Draft, EventSource, InsertionPoint, JsonObject } from '../model/index.js'
import { type Leaf, walk } from './leaves.js'

/** Tells what a draft carries although its schema leaves it to the sender. */
export function fixedIn(source: EventSource, draft: Draft): (pointer: string) => boolean {
  const fixed = source.fixed?.(draft.wire) ?? []
  return (pointer) => fixed.some((one) => pointer === one || pointer.startsWith(`${one}/`))
}

/** Inside JSON a sender may put text anywhere; elsewhere the service takes no text for a number or one of a few words. */
const takesText = ({ schema, value, encodings }: Leaf): boolean =>
  encodings.includes('json-string') || (typeof value === 'string' && !('enum' in schema))

/** Where a sender's data can stand in a draft. */
export function pointsOf(source: EventSource, wireSchema: JsonObject, draft: Draft): readonly InsertionPoint[] {
  const { leaves, open } = walk(source.schema, wireSchema, draft.wire)
  const isFixed = fixedIn(source, draft)
  const reachable = (at: { control: string; pointer: string }) =>
    (at.control === 'attacker' || at.control === 'producer') && !isFixed(at.pointer)
  const leafPoints = leaves
    .filter((leaf) => reachable(leaf) && takesText(leaf))
    .map((leaf) => ({ wire: leaf.pointer, control: leaf.control, encodings: leaf.encodings, kind: 'leaf' as const }))
  const objects = open
    .filter(reachable)
    .map((at) => ({ wire: at.pointer, control: at.control, encodings: at.encodings, kind: 'object' as const }))
  return [...leafPoints, ...objects]
}

/** Maps of texts that come as they were sent, such as a client's metadata. */
export const textMaps = (source: EventSource, wireSchema: JsonObject, draft: Draft): readonly string[] =>
  walk(source.schema, wireSchema, draft.wire)
    .open.filter(({ takesTexts, encodings }) => takesTexts && encodings.length === 0)
    .map(({ pointer }) => pointer)

/** What may be left out of a draft without touching its payload. */
export function removable(root: JsonObject, wireSchema: JsonObject, draft: Draft): readonly string[] {
  const kept = draft.placed?.point.wire
  const { optional } = walk(root, wireSchema, draft.wire)
  const free = (pointer: string) => kept === undefined || !(kept === pointer || kept.startsWith(`${pointer}/`))
  return optional.filter(free)
}
