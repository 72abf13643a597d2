import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import type { Decoded } from './decode/decoded.js'
import type { HttpAnswer } from './encode.js'
import { bytesOf, scalarIn, timeIn } from './encode-values.js'
import { membersOf, type Shape } from './models/shapes.js'
import type { Answer } from './services/service.js'

const DEEPEST = 40
const UNKNOWN: Shape = { kind: 'document' }

/** Smithy RPC v2 CBOR: an answer, or an error with its `__type`. */
export function encodeCbor({ api }: Decoded, answer: Answer, id: string): HttpAnswer {
  const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor', 'x-amzn-requestid': id }
  if (answer.kind === 'ok') return { status: 200, headers, body: writeCbor(api?.output ?? UNKNOWN, answer.value) }
  const error = { __type: answer.code, message: answer.message, ...answer.extra }
  return { status: answer.status, headers, body: writeCbor(UNKNOWN, error) }
}

/** A value in the API's words as CBOR; what the shape does not know is written as JSON would be. */
export function writeCbor(shape: Shape, value: Json, levels = DEEPEST): Buffer {
  if (value === null || levels === 0) return Buffer.from([0xf6])
  if (shape.kind === 'blob') return withHead(2, bytesOf(value))
  if (shape.kind === 'timestamp') {
    const seconds = timeIn('epoch-seconds', value)
    return typeof seconds === 'number' ? Buffer.concat([Buffer.from([0xc1]), double(seconds)]) : plain(seconds, levels)
  }
  if (shape.kind === 'string' || shape.kind === 'number' || shape.kind === 'boolean')
    return plain(scalarIn(shape.kind, value), levels)
  if (Array.isArray(value)) {
    const item = shape.kind === 'list' ? shape.item.shape : UNKNOWN
    return Buffer.concat([head(4, value.length), ...value.map((each: Json) => writeCbor(item, each, levels - 1))])
  }
  return isJsonObject(value) ? writeMap(shape, value, levels) : plain(value, levels)
}

function writeMap(shape: Shape, value: JsonObject, levels: number): Buffer {
  const members = new Map(membersOf(shape).map((member) => [member.name, member.shape]))
  const entries = Object.entries(value)
  const parts = entries.flatMap(([name, child]) => {
    const inner = shape.kind === 'map' ? shape.value.shape : (members.get(name) ?? UNKNOWN)
    return [withHead(3, Buffer.from(name)), writeCbor(inner, child, levels - 1)]
  })
  return Buffer.concat([head(5, entries.length), ...parts])
}

function plain(value: Json, levels: number): Buffer {
  if (typeof value === 'string') return withHead(3, Buffer.from(value))
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4])
  if (typeof value !== 'number') return writeCbor(UNKNOWN, value, levels - 1)
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return double(value)
  return value < 0 ? head(1, -1 - value) : head(0, value)
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(9)
  bytes[0] = 0xfb
  bytes.writeDoubleBE(value, 1)
  return bytes
}

const withHead = (major: number, bytes: Buffer): Buffer => Buffer.concat([head(major, bytes.length), bytes])

/** Major type and length (or value) in the shortest form. */
function head(major: number, value: number): Buffer {
  const top = major << 5
  if (value < 24) return Buffer.from([top | value])
  if (value < 0x100) return Buffer.from([top | 24, value])
  const bytes = Buffer.alloc(value < 0x10000 ? 3 : value < 0x100000000 ? 5 : 9)
  bytes[0] = top | (bytes.length === 3 ? 25 : bytes.length === 5 ? 26 : 27)
  if (bytes.length === 9) bytes.writeBigUInt64BE(BigInt(value), 1)
  else bytes.writeUIntBE(value, 1, bytes.length - 1)
  return bytes
}
