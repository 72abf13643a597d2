import { gunzipSync } from 'node:zlib'
import { escapeToken, isJsonObject, type Json } from '../model/index.js'

const DEPTH = 6
/** Lists and objects in one another; payloads of deep JSON go further than the stack. */
const MOST_NESTED = 500

/** Extended pointers of the event at which a marker shows, through JSON, base64 and form encoding inside strings. */
export function findPointers(event: Json, marker: string): readonly string[] {
  const found: string[] = []
  search(event, '', marker.toLowerCase(), found, DEPTH)
  // Copies in raw or repeated form come last: the field that code reads is the one to report.
  const copy = (pointer: string) => /^\/(?:raw|multiValue|requestContext|identitySource)|\/ses\/mail\/headers\//.test(pointer)
  return [...found.filter((pointer) => !copy(pointer)), ...found.filter(copy)]
}

function search(value: Json, pointer: string, marker: string, found: string[], depth: number, level = 0): void {
  if (level > MOST_NESTED) return
  if (typeof value === 'string') inString(value, pointer, marker, found, depth)
  else if (typeof value === 'number') {
    if (String(value) === marker) found.push(pointer)
  } else if (isBytes(value, marker)) {
    inBytes(Buffer.from(value.map((byte) => byte & 0xff)), `${pointer}#bytes`, marker, found, depth - 1)
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) search(item, `${pointer}/${i}`, marker, found, depth, level + 1)
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      const child = `${pointer}/${escapeToken(key)}`
      if (key.toLowerCase().includes(marker)) found.push(child)
      search(value[key]!, child, marker, found, depth, level + 1)
    }
  }
}

/** Bytes as a list of numbers, signed as Kafka's headers have them; long enough to hold a marker. */
const isBytes = (value: Json, marker: string): value is readonly number[] =>
  Array.isArray(value) &&
  value.length >= marker.length &&
  value.every((byte) => typeof byte === 'number' && Number.isInteger(byte) && byte >= -128 && byte <= 255)

function inString(text: string, pointer: string, marker: string, found: string[], depth: number): void {
  if (depth > 0 && !descend(text, pointer, marker, found, depth) && text.toLowerCase().includes(marker)) found.push(pointer)
}

/** True when the text is an envelope and the marker was found inside it. Base64 may look like a form, so each reading is tried. */
function descend(text: string, pointer: string, marker: string, found: string[], depth: number): boolean {
  const before = found.length
  const json = /^\s*[[{"]/.test(text) ? tryJson(text) : undefined
  if (json !== undefined) search(json, `${pointer}#json`, marker, found, depth - 1)
  else if (/^[\w%+.[\]-]+=[^{}]*$/.test(text) && !text.includes('; ')) {
    for (const [key, value] of new URLSearchParams(text)) search({ [key]: value }, `${pointer}#form`, marker, found, depth - 1)
  }
  if (found.length > before || json !== undefined) return found.length > before
  if (/^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(text)) {
    inBytes(Buffer.from(text, 'base64'), `${pointer}#base64`, marker, found, depth - 1)
  } else {
    // A token such as `Bearer <header>.<claims>.<signature>`: look into its base64 parts.
    for (const [i, part] of text.split(/[ .]/).entries()) {
      if (part.length >= 8 && part !== text && /^[A-Za-z0-9_-]+$/.test(part)) {
        inString(Buffer.from(part, 'base64url').toString('utf8'), `${pointer}#part${i}#base64`, marker, found, depth - 1)
      }
    }
  }
  return found.length > before
}

const MOST_UNPACKED = 16 * 1024 * 1024

function inBytes(bytes: Buffer, pointer: string, marker: string, found: string[], depth: number): void {
  const unpacked = bytes[0] === 0x1f && bytes[1] === 0x8b ? unpack(bytes) : undefined
  if (unpacked === undefined) inString(bytes.toString('utf8'), pointer, marker, found, depth)
  else inString(unpacked.toString('utf8'), `${pointer}#gzip`, marker, found, depth)
}

function unpack(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED })
  } catch {
    return undefined
  }
}

function tryJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
