import { isJsonObject, type Json } from '../../model/index.js'
import { membersOf, own, type Shape } from '../models/shapes.js'
import { typedText } from './typed.js'

const listed = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as Json[]) : [value]

/** A parsed XML element as the shape says; `flat`: the list's items are the elements themselves. Unknown elements are kept. */
export function fromXml(shape: Shape, value: Json, flat = false, levels = 40): Json {
  if (levels === 0) return null
  if (shape.kind === 'list') {
    const name = shape.item.traits.xml ?? 'member'
    const items = flat ? listed(value) : isJsonObject(value) ? listed(value[name]) : []
    return items.map((item) => fromXml(shape.item.shape, item, false, levels - 1))
  }
  if (shape.kind === 'map')
    return mapFromXml(shape, flat ? listed(value) : isJsonObject(value) ? listed(value.entry) : [], levels)
  if (typeof value === 'string') return membersOf(shape).length > 0 ? {} : typedText(shape, value)
  if (!isJsonObject(value)) return value
  const members = new Map(membersOf(shape).map((member) => [member.traits.xml ?? member.name, member]))
  const result: Record<string, Json> = {}
  for (const [name, child] of Object.entries(value)) {
    const member = members.get(name)
    if (member === undefined) own(result, name, child)
    else own(result, member.name, fromXml(member.shape, child, member.traits.flat === 1, levels - 1))
  }
  return result
}

function mapFromXml(shape: Extract<Shape, { kind: 'map' }>, entries: readonly Json[], levels: number): Json {
  const result: Record<string, Json> = {}
  for (const entry of entries.filter(isJsonObject)) {
    const key = entry[shape.key.traits.xml ?? 'key']
    own(result, String(key ?? ''), fromXml(shape.value.shape, entry[shape.value.traits.xml ?? 'value'] ?? '', false, levels - 1))
  }
  return result
}
