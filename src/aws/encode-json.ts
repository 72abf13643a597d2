import { isJsonObject, type Json } from '../model/index.js'
import { bytesOf, scalarIn, timeIn } from './encode-values.js'
import { membersOf, own, type Shape, type Traits } from './models/shapes.js'

const DEEPEST = 40

/** A value in the API's words as it stands in a JSON body. What the shape does not know is kept. */
export function jsonValue(shape: Shape, value: Json, traits: Traits = {}, levels = DEEPEST): Json {
  if (value === null || levels === 0) return value
  switch (shape.kind) {
    case 'timestamp':
      return timeIn(traits.time ?? 'epoch-seconds', value)
    case 'blob':
      return bytesOf(value).toString('base64')
    case 'string':
    case 'number':
    case 'boolean':
      return scalarIn(shape.kind, value)
    case 'list':
      return Array.isArray(value)
        ? value.map((item: Json) => jsonValue(shape.item.shape, item, shape.item.traits, levels - 1))
        : value
    case 'document':
    case 'unit':
      return value
    default:
      return isJsonObject(value) ? jsonObject(shape, value, levels) : value
  }
}

function jsonObject(shape: Shape, value: { readonly [name: string]: Json }, levels: number): Json {
  const members = new Map(membersOf(shape).map((member) => [member.name, member]))
  const result: Record<string, Json> = {}
  for (const [name, child] of Object.entries(value)) {
    const member = shape.kind === 'map' ? shape.value : members.get(name)
    const wire = shape.kind === 'map' ? name : (member?.traits.json ?? name)
    own(result, wire, member === undefined ? child : jsonValue(member.shape, child, member.traits, levels - 1))
  }
  return result
}
