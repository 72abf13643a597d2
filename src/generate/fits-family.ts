import type { InsertionPoint, Payload, PayloadFamily, SourceId } from '../model/index.js'
import { isNamed, parameterAt } from './named-payload.js'

/** Whether a payload belongs at a place: its family names sources, wire pointers and encodings; its own form must fit the leaf. */
export function fitsFamily(source: SourceId, point: InsertionPoint, family: PayloadFamily, payload: Payload): boolean {
  if (family.sources.length > 0 && !family.sources.includes(source)) return false
  if (family.at.length > 0 && !family.at.some((at) => matches(at, point.wire))) return false
  if (family.encodings.length > 0 && !point.encodings.some((encoding) => family.encodings.includes(encoding))) return false
  const inJson = point.encodings.at(-1) === 'json-string'
  if (isNamed(payload)) return parameterAt(point) !== undefined
  // Keys go into JSON objects; into other maps (query names) only when the family asks for their encoding, or names them.
  if (payload.position === 'key')
    return point.kind === 'object' && (inJson || family.encodings.length > 0 || family.at.length > 0)
  if (point.kind === 'object') return false
  return typeof payload.value === 'string' || inJson
}

/** `/messages/*` matches every pointer below a message. */
function matches(pattern: string, pointer: string): boolean {
  const wanted = pattern.split('/')
  const got = pointer.split('/')
  return wanted.every((token, i) => token === '*' || token === got[i])
}
