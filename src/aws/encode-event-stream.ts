import { crc32 } from 'node:zlib'
import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { jsonValue } from './encode-json.js'
import { bytesOf, payloadOf } from './encode-values.js'
import { type Member, membersOf, type Structure } from './models/shapes.js'

export const EVENT_STREAM = 'application/vnd.amazon.eventstream'

/** Events `{Name: {..}}` as the messages of an event stream, each with its checksums. */
export function encodeEvents(stream: Structure, events: Json, withInitial: boolean): Buffer {
  const initial = withInitial
    ? [
        message(
          { ':message-type': 'event', ':event-type': 'initial-response', ':content-type': 'application/json' },
          Buffer.from('{}'),
        ),
      ]
    : []
  const list = (Array.isArray(events) ? events : [events]).filter(isJsonObject)
  return Buffer.concat([
    ...initial,
    ...list.flatMap((event: JsonObject) => Object.entries(event).map(([name, value]) => encodeEvent(stream, name, value))),
  ])
}

function encodeEvent(stream: Structure, name: string, value: Json): Buffer {
  const event = stream.members.find((member) => member.name === name)
  const members = event === undefined ? [] : membersOf(event.shape)
  const kind = event !== undefined && isError(event) ? 'exception' : 'event'
  const own = members.filter(({ traits }) => traits.eventHeader === 1)
  const given = isJsonObject(value) ? value : {}
  const headers = Object.fromEntries(
    own.filter(({ name: key }) => given[key] !== undefined).map(({ name: key }) => [key, String(given[key])]),
  )
  const { type, payload } = payloadIn(event, members, value)
  return message({ ':message-type': kind, [`:${kind}-type`]: name, ':content-type': type, ...headers }, payload)
}

const isError = ({ shape }: Member): boolean => (shape.kind === 'structure' || shape.kind === 'union') && shape.error

function payloadIn(event: Member | undefined, members: readonly Member[], value: Json): { type: string; payload: Buffer } {
  const whole = members.find(({ traits }) => traits.eventPayload === 1)
  const inner = whole !== undefined && isJsonObject(value) ? (value[whole.name] ?? '') : value
  if (whole?.shape.kind === 'blob') return { type: 'application/octet-stream', payload: bytesOf(inner) }
  if (whole?.shape.kind === 'string') return { type: 'text/plain', payload: payloadOf(inner) }
  const shape = whole?.shape ?? event?.shape
  return { type: 'application/json', payload: payloadOf(JSON.stringify(shape === undefined ? inner : jsonValue(shape, inner))) }
}

/** Prelude (lengths and their checksum), headers, payload, checksum of all before it. */
function message(headers: Readonly<Record<string, string>>, payload: Buffer): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => header(name, value)))
  const prelude = Buffer.alloc(12)
  prelude.writeUInt32BE(head.length + payload.length + 16, 0)
  prelude.writeUInt32BE(head.length, 4)
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8)
  const body = Buffer.concat([prelude, head, payload])
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(crc32(body))
  return Buffer.concat([body, tail])
}

function header(name: string, value: string): Buffer {
  const bytes = Buffer.from(value).subarray(0, 0x7fff)
  return Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    Buffer.from([7, bytes.length >> 8, bytes.length & 0xff]),
    bytes,
  ])
}
