import { type Case, type Encoding, isJsonObject, type Json, SLOT } from '../model/index.js'
import { findPointers } from './find-pointers.js'
import { mapObject } from './render.js'

/**
 * A text of the wire input that is itself a document: `{ "{json}": value }` is sent as the JSON text of the value, `{base64}` and
 * `{form}` likewise. What stands inside keeps pointers, slots and markers of its own.
 */
const ENCODINGS: Readonly<Record<string, Encoding>> = { '{json}': 'json-string', '{base64}': 'base64', '{form}': 'form' }

export interface Nested {
  readonly key: string
  readonly encoding: Encoding
  readonly value: Json
}

export function nestedOf(value: Json): Nested | undefined {
  if (!isJsonObject(value)) return undefined
  const [key, ...more] = Object.keys(value)
  const encoding = key !== undefined && more.length === 0 && Object.hasOwn(ENCODINGS, key) ? ENCODINGS[key] : undefined
  return encoding === undefined ? undefined : { key: key!, encoding, value: value[key!]! }
}

/** The text that is sent for a value that is rendered already. */
export function encodeNested(encoding: Encoding, value: Json): string {
  if (encoding === 'json-string') return JSON.stringify(value)
  if (encoding === 'base64') return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64')
  const fields = isJsonObject(value) ? Object.entries(value) : []
  return new URLSearchParams(fields.map(([name, field]): [string, string] => [name, String(field)])).toString()
}

/** The wire input with a marker in place of each nested document. */
export function flattened(wire: Json): Json {
  if (nestedOf(wire) !== undefined) return SLOT
  if (Array.isArray(wire)) return wire.map(flattened)
  return isJsonObject(wire) ? mapObject(wire, flattened) : wire
}

/**
 * `/body/value/state/{base64}/{json}/go` for the event pointer `/body#json/state#base64#json/go`; undefined when no such text is
 * sent. `made` is a case of the flattened wire input.
 */
export function nestedPointer(made: Case, pointer: string): string | undefined {
  const event = JSON.parse(made.steps.at(-1)!.text) as Json
  for (const { canary, point } of made.canaries) {
    for (const text of findPointers(event, canary)) {
      const inside = pointer.startsWith(`${text}#`) && !hasKind(point.wire) ? pointer.slice(text.length) : undefined
      if (inside !== undefined && /^(?:#(?:json|base64|form)(?:\/[^#]*)?)+$/.test(inside))
        return point.wire + inside.replace(/#(json|base64|form)/g, '/{$1}')
    }
  }
  return undefined
}

/** The body of a request or a message has a kind of its own for JSON, with the headers that belong to it. */
const hasKind = (pointer: string): boolean => /\/body\/(?:text|value)$/.test(pointer)
