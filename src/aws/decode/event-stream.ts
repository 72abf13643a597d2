import type { Json } from '../../model/index.js'
import { type Member, membersOf, own, type Structure } from '../models/shapes.js'
import { isTooDeep } from './cap.js'
import { blobText, fromJson } from './typed.js'

const MOST_EVENTS = 1000
const OVERHEAD = 16

/** One message of `application/vnd.amazon.eventstream`. */
export interface EventMessage {
  readonly headers: ReadonlyMap<string, string>
  readonly payload: Buffer
}

/** The messages of a body, as far as they are well-formed. A signed message holds the message proper. */
export function readMessages(body: Buffer): EventMessage[] {
  const messages: EventMessage[] = []
  for (let at = 0; at + OVERHEAD <= body.length && messages.length < MOST_EVENTS; ) {
    const total = body.readUInt32BE(at)
    const headerBytes = body.readUInt32BE(at + 4)
    if (total < OVERHEAD + headerBytes || at + total > body.length) break
    const payloadAt = at + 12 + headerBytes
    const message = { headers: readHeaders(body.subarray(at + 12, payloadAt)), payload: body.subarray(payloadAt, at + total - 4) }
    const inner = message.headers.has(':chunk-signature') ? readMessages(message.payload)[0] : message
    if (inner !== undefined) messages.push(inner)
    at += total
  }
  return messages
}

// Bytes of a header value by its type; 6 and 7 say their own length.
const SIZES: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 }

function readHeaders(bytes: Buffer): Map<string, string> {
  const headers = new Map<string, string>()
  for (let at = 0; at < bytes.length; ) {
    const nameEnd = at + 1 + bytes[at]!
    if (nameEnd >= bytes.length) break
    const type = bytes[nameEnd]!
    const sized = type === 6 || type === 7
    if (sized && nameEnd + 3 > bytes.length) break
    const from = nameEnd + (sized ? 3 : 1)
    const size = sized ? bytes.readUInt16BE(nameEnd + 1) : SIZES[type]
    if (size === undefined || from + size > bytes.length) break
    const value = bytes.subarray(from, from + size)
    headers.set(bytes.toString('utf8', at + 1, nameEnd), type === 7 ? value.toString('utf8') : value.toString('base64'))
    at = from + size
  }
  return headers
}

/** Events that a client has sent, each `{event: {..}}` in the API's words. */
export function eventsOf(shape: Structure, body: Buffer): Json {
  return readMessages(body).map(({ headers, payload }): Json => {
    const name = headers.get(':event-type') ?? ''
    const event = shape.members.find((member) => member.name === name)
    const value: Record<string, Json> = {}
    own(value, name, event === undefined ? blobText(payload) : eventValue(event, headers, payload))
    return value
  })
}

function eventValue(event: Member, headers: ReadonlyMap<string, string>, payload: Buffer): Json {
  const members = membersOf(event.shape)
  const whole = members.find(({ traits }) => traits.eventPayload === 1)
  const value: Record<string, Json> = {}
  for (const { name, traits } of members) if (traits.eventHeader === 1 && headers.has(name)) value[name] = headers.get(name)!
  if (whole?.shape.kind === 'blob' || whole?.shape.kind === 'string') return { ...value, [whole.name]: blobText(payload) }
  const read = jsonOf(payload)
  if (read === undefined) return blobText(payload)
  return whole === undefined ? fromJson(event.shape, read) : { ...value, [whole.name]: fromJson(whole.shape, read) }
}

function jsonOf(payload: Buffer): Json | undefined {
  try {
    const value = JSON.parse(payload.toString('utf8')) as Json
    return isTooDeep(value) ? undefined : value
  } catch {
    return undefined // not JSON: shown as it is
  }
}
