import { type Json, SLOT } from '../model/index.js'

/** The leaf holds more than a marker: a prefix or suffix that the function asked for. */
export const hasContext = (old: Json | undefined): old is string => typeof old === 'string' && old.includes(SLOT) && old !== SLOT

/** The payload says itself where its marker stands. */
export const isMarked = (payload: Json): boolean =>
  typeof payload === 'string' && (payload.includes(SLOT) || payload.includes('{{token.'))

/** HEAD payload TAIL inside what stood in the leaf (`uploads/{{canary}}.jpg` keeps its prefix and suffix), or the payload alone. */
export function framed(payload: Json, replace: boolean, old: Json | undefined): Json {
  if (typeof payload !== 'string' || (replace && !payload.includes('{{'))) return payload
  const text = isMarked(payload) ? payload : `${SLOT}${payload}{{tail}}`
  return !replace && hasContext(old) ? old.replace(SLOT, () => text) : text
}
