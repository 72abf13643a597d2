import { escapeToken, isJsonObject, type Json } from '../model/index.js'

/** Extended pointers at which two events differ, outermost first; strings that hold JSON are compared inside. */
export function differing(a: Json | undefined, b: Json | undefined, pointer = ''): string[] {
  if (a === b) return []
  if (Array.isArray(a) && Array.isArray(b)) {
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => differing(a[i], b[i], `${pointer}/${i}`)).flat()
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    const keys = new Set([...Object.keys(b), ...Object.keys(a)])
    return [...keys].flatMap((key) => differing(own(a, key), own(b, key), `${pointer}/${escapeToken(key)}`))
  }
  if (typeof a === 'string' && typeof b === 'string') {
    const [inA, inB] = [json(a), json(b)]
    if (isJsonObject(inA) && isJsonObject(inB)) return differing(inA, inB, `${pointer}#json`)
    if (withoutMarkers(a) === withoutMarkers(b)) return []
  }
  return [pointer]
}

const own = (object: { readonly [key: string]: Json }, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined

const withoutMarkers = (text: string): string => text.replace(/ef[a-z2-7]{10}z/gi, '*')

function json(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
