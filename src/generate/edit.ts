import { getAt, isJsonObject, type Json, tokensOf } from '../model/index.js'

/** Copy of `value` with `change` applied at a plain pointer; everything beside the path is shared, nothing is mutated. */
export function editAt(value: Json, pointer: string, change: (old: Json | undefined) => Json | undefined): Json {
  return edit(value, tokensOf(pointer), change) ?? null
}

/** Copy with the value set; missing objects on the way are made. */
export const setAt = (value: Json, pointer: string, leaf: Json): Json => editAt(value, pointer, () => leaf)

export const removeAt = (value: Json, pointer: string): Json =>
  getAt(value, pointer) === undefined ? value : editAt(value, pointer, () => undefined)

function edit(
  value: Json | undefined,
  tokens: readonly string[],
  change: (old: Json | undefined) => Json | undefined,
): Json | undefined {
  const [key, ...rest] = tokens
  if (key === undefined) return change(value)
  if (Array.isArray(value)) {
    const copy = [...value]
    const child = edit(copy[Number(key)], rest, change)
    if (child === undefined) copy.splice(Number(key), 1)
    else copy[Number(key)] = child
    return copy
  }
  const object = isJsonObject(value) ? value : {}
  const child = edit(Object.hasOwn(object, key) ? object[key] : undefined, rest, change)
  return withProperty(object, key, child)
}

/** Copy of an object with an own property set (also `__proto__`), or without it when the value is undefined. */
export function withProperty(object: { readonly [key: string]: Json }, key: string, value: Json | undefined): Json {
  const copy: Record<string, Json> = { ...object }
  if (value === undefined) delete copy[key]
  else put(copy, key, value)
  return copy
}

/** Sets an own property, whatever its name: to assign `__proto__` would change the prototype instead. Any other name is faster so. */
export function put(object: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
  else object[key] = value
}
