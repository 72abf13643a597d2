import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { membersOf, own, type Shape } from '../models/shapes.js'

/** Text off the wire as the type it stands for; what does not fit its type stays text. */
export function typedText(shape: Shape, text: string): Json {
  if (shape.kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (shape.kind !== 'number' || text.length > 40 || text.trim() === '') return text
  const number = Number(text)
  return Number.isFinite(number) && (Number.isSafeInteger(number) || !Number.isInteger(number)) ? number : text
}

/** A JSON document with the API's member names instead of the wire's. What the shape does not know is kept. */
export function fromJson(shape: Shape, value: Json, levels = 40): Json {
  if (levels === 0 || typeof value !== 'object' || value === null) return value
  if (shape.kind === 'list') {
    return Array.isArray(value) ? value.map((item: Json) => fromJson(shape.item.shape, item, levels - 1)) : value
  }
  if (!isJsonObject(value)) return value
  if (shape.kind === 'map') return mapValues(value, (child) => fromJson(shape.value.shape, child, levels - 1))
  const members = new Map(membersOf(shape).map((member) => [member.traits.json ?? member.name, member]))
  const result: Record<string, Json> = {}
  for (const [name, child] of Object.entries(value)) {
    const member = members.get(name)
    own(result, member?.name ?? name, member === undefined ? child : fromJson(member.shape, child, levels - 1))
  }
  return result
}

/** Parameters for people and oracles: a blob that is base64 of text becomes that text. */
export function shownParams(shape: Shape, params: JsonObject): JsonObject {
  return shownValue(shape, params, 40) as JsonObject
}

function shownValue(shape: Shape, value: Json, levels: number): Json {
  if (levels === 0) return value
  if (shape.kind === 'blob') return typeof value === 'string' ? (textOfBase64(value) ?? value) : value
  if (typeof value !== 'object' || value === null) return value
  if (shape.kind === 'list') {
    return Array.isArray(value) ? value.map((item: Json) => shownValue(shape.item.shape, item, levels - 1)) : value
  }
  // Events that were sent: each is one member of the union.
  if (Array.isArray(value)) return shape.kind === 'union' ? value.map((item: Json) => shownValue(shape, item, levels - 1)) : value
  if (!isJsonObject(value)) return value
  if (shape.kind === 'map') return mapValues(value, (child) => shownValue(shape.value.shape, child, levels - 1))
  const result: Record<string, Json> = {}
  const members = new Map(membersOf(shape).map((member) => [member.name, member]))
  for (const [name, child] of Object.entries(value)) {
    const member = members.get(name)
    // A whole body is text already: it never was base64.
    const whole = member?.shape.kind === 'blob' && (member.traits.payload === 1 || member.traits.eventPayload === 1)
    own(result, name, member === undefined || whole ? child : shownValue(member.shape, child, levels - 1))
  }
  return result
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

function textOfBase64(value: string): string | undefined {
  if (value.length % 4 !== 0 || !BASE64.test(value)) return undefined
  return utf8(Buffer.from(value, 'base64'))
}

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function utf8(bytes: Buffer): string | undefined {
  try {
    return STRICT.decode(bytes)
  } catch {
    return undefined // not text: it stays base64
  }
}

// What is recorded of a text is less than this
const MOST_SHOWN = 64 * 1024

/** Bytes as a parameter: text where they are text, else base64; of a long body the beginning. */
export function blobText(bytes: Buffer): string {
  let end = Math.min(bytes.length, MOST_SHOWN)
  // Not in the middle of a character
  while (end < bytes.length && end > MOST_SHOWN - 4 && (bytes[end]! & 0xc0) === 0x80) end--
  const head = bytes.subarray(0, end)
  return utf8(head) ?? head.toString('base64')
}

/** The object with each value replaced; own names only, `__proto__` included. */
export function mapValues(value: JsonObject, change: (child: Json) => Json): JsonObject {
  const result: Record<string, Json> = {}
  for (const [name, child] of Object.entries(value)) own(result, name, change(child))
  return result
}
