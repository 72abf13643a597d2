import { isJsonObject, type Json, type JsonObject } from '../model/index.js'

/** A 64-bit integer, such as the id of a cursor: drivers tell it from a 32-bit one. */
export class Int64 {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** What an answer holds: JSON with `$oid` and `$date` of Extended JSON, bytes, and 64-bit integers. */
export type BsonValue = Json | Int64 | Buffer | readonly BsonValue[] | { readonly [name: string]: BsonValue }

/** Writes one BSON document. */
export function writeDocument(document: { readonly [name: string]: BsonValue }): Buffer {
  const body = Object.entries(document).map(([name, value]) => field(name, value))
  return sized(Buffer.concat(body))
}

const sized = (body: Buffer): Buffer => Buffer.concat([int32(body.length + 5), body, Buffer.of(0)])

function field(name: string, value: BsonValue): Buffer {
  const [type, bytes] = encoded(value)
  // A NUL ends a name: what stands behind it in one of ours is left out.
  return Buffer.concat([Buffer.of(type), Buffer.from(name.replaceAll('\0', '')), Buffer.of(0), bytes])
}

function encoded(value: BsonValue): readonly [type: number, bytes: Buffer] {
  if (value === null) return [0x0a, Buffer.alloc(0)]
  if (typeof value === 'string') return [0x02, text(value)]
  if (typeof value === 'boolean') return [0x08, Buffer.of(Number(value))]
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? [0x10, int32(value)] : [0x01, double(value)]
  if (value instanceof Int64) return [0x12, int64(value.value)]
  if (Buffer.isBuffer(value)) return [0x05, Buffer.concat([int32(value.length), Buffer.of(0), value])]
  if (Array.isArray(value)) return [0x04, writeDocument(Object.fromEntries((value as readonly BsonValue[]).entries()))]
  return special(value as JsonObject) ?? [0x03, writeDocument(value as { readonly [name: string]: BsonValue })]
}

function special(value: JsonObject): readonly [type: number, bytes: Buffer] | undefined {
  if (!isJsonObject(value) || Object.keys(value).length !== 1) return undefined
  const { $oid, $date } = value
  if (typeof $oid === 'string' && /^[0-9a-f]{24}$/i.test($oid)) return [0x07, Buffer.from($oid, 'hex')]
  const time = typeof $date === 'string' ? Date.parse($date) : $date
  return typeof time === 'number' && Number.isSafeInteger(time) ? [0x09, int64(time)] : undefined
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([int32(bytes.length + 1), bytes, Buffer.of(0)])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(BigInt(Math.trunc(value)))
  return bytes
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return bytes
}
