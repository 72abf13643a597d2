import { isJsonObject, type Json } from '../model/index.js'
import type { Place } from './protocol.js'

const LONGEST = 512

/** What the context of a write says of its connection: `{at, set}` in base64url of JSON. The target's word, so anything odd is absent. */
export function placeIn(context: string | undefined): Place | undefined {
  const said = context === undefined ? null : parsed(context)
  if (!isJsonObject(said)) return undefined
  const { at, set } = said
  return isShort(at) && isShort(set) ? { at, set } : undefined
}

function parsed(context: string): Json {
  try {
    return JSON.parse(Buffer.from(context, 'base64url').toString('utf8')) as Json
  } catch {
    return null // not JSON: the same as no context
  }
}

const isShort = (value: Json | undefined): value is string => typeof value === 'string' && value !== '' && value.length <= LONGEST
