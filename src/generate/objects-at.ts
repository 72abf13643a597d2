import { type CaseMaker, type Draft, type InsertionPoint, type Json, SLOT } from '../model/index.js'
import { findPointers } from './find-pointers.js'

const KEY = 'eventfuzz-probe'

/**
 * Wire pointers of the sender's JSON objects, and of `maps`, that stand at these event pointers: a marked key shows where each of
 * them comes out.
 */
export function objectsAt(
  maker: CaseMaker,
  draft: Draft,
  pointers: readonly string[],
  maps: readonly string[],
): readonly string[] {
  if (pointers.length === 0) return []
  const isMap = ({ wire, encodings }: InsertionPoint) => encodings.at(-1) === 'json-string' || maps.includes(wire)
  const wanted = new Set(pointers)
  return maker.points(draft).flatMap((point) => {
    if (point.kind !== 'object' || !isMap(point)) return []
    const at = `${point.wire}/${KEY}`
    const made = maker.render(maker.withValue(draft, { ...point, wire: at, kind: 'leaf' }, SLOT), 0)
    const probe = made?.canaries.find((one) => one.point.wire === at)
    if (made === undefined || probe === undefined) return []
    const event = JSON.parse(made.steps.at(-1)!.text) as Json
    const found = findPointers(event, probe.canary).map((one) => one.slice(0, -KEY.length - 1))
    return found.some((one) => wanted.has(one)) ? [point.wire] : []
  })
}
