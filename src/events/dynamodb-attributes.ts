import { setAt } from '../generate/index.js'
import { isJsonObject, type Json, type JsonObject } from '../model/index.js'

/** A name below an attribute that the function has unmarshalled: maps and lists on the way are made. */
export function supplyPlain(wire: Json, image: string, path: string, value: Json): Json {
  const [name, ...rest] = path.slice(1).split('/')
  const inside = rest.map((token) => (/^\d+$/.test(token) ? `/L/${token}` : `/M/${token}`)).join('')
  return setAt(wire, `${image}/${name}${inside}`, attributeOf(value))
}

const attributeOf = (value: Json): JsonObject =>
  Array.isArray(value)
    ? { L: value.map(attributeOf) }
    : isJsonObject(value)
      ? { M: Object.fromEntries(Object.entries(value).map(([name, one]) => [name, attributeOf(one)])) }
      : typeof value === 'number'
        ? { N: String(value) }
        : typeof value === 'boolean'
          ? { BOOL: value }
          : { S: String(value) }
