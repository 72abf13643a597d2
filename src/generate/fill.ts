import { escapeToken, isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { encodeNested, nestedOf } from './nested.js'
import { mapObject } from './render.js'

type Text = (template: string | JsonObject, pointer: string) => Json

/** Applies `text` to every string leaf and encodes nested documents; keys that hold tokens are rendered with the number of their own object. */
export function fill(value: Json, pointer: string, text: Text): Json {
  if (typeof value === 'string') return text(value, pointer)
  const nested = nestedOf(value)
  if (nested !== undefined) return encodeNested(nested.encoding, fill(nested.value, `${pointer}/${nested.key}`, text))
  if (holdsTokenKey(value)) return text(encoded(value, pointer, text) as JsonObject, pointer)
  return children(value, pointer, (child, at) => fill(child, at, text))
}

/** Only the nested documents filled in. */
const encoded = (value: Json, pointer: string, text: Text): Json =>
  nestedOf(value) === undefined ? children(value, pointer, (child, at) => encoded(child, at, text)) : fill(value, pointer, text)

function children(value: Json, pointer: string, each: (child: Json, pointer: string) => Json): Json {
  if (Array.isArray(value)) return value.map((item, i) => each(item, `${pointer}/${i}`))
  return isJsonObject(value) ? mapObject(value, (child, key) => each(child, `${pointer}/${escapeToken(key)}`)) : value
}

const holdsTokenKey = (value: Json): value is JsonObject =>
  isJsonObject(value) && Object.keys(value).some((key) => key.includes('{{'))
