import type { Json } from '../../model/index.js'
import { own } from '../models/shapes.js'

const DEEPEST = 40
const BREAK = 0xff

interface Cursor {
  readonly bytes: Buffer
  at: number
}

class Malformed extends Error {}

/** A CBOR document as JSON: bytes become base64, a timestamp its seconds. Undefined when it is malformed or nests too deep. */
export function readCbor(bytes: Buffer): { readonly value: Json } | undefined {
  const cursor = { bytes, at: 0 }
  try {
    const value = readItem(cursor, DEEPEST)
    return cursor.at === bytes.length ? { value } : undefined
  } catch (error) {
    if (error instanceof Malformed || error instanceof RangeError) return undefined
    throw error
  }
}

function octet(cursor: Cursor): number {
  const value = cursor.bytes[cursor.at++]
  if (value === undefined) throw new Malformed('it ends early')
  return value
}

function take(cursor: Cursor, length: number): Buffer {
  if (length > cursor.bytes.length - cursor.at) throw new Malformed('it ends early')
  const part = cursor.bytes.subarray(cursor.at, cursor.at + length)
  cursor.at += length
  return part
}

function readItem(cursor: Cursor, levels: number): Json {
  if (levels === 0) throw new Malformed('it nests too deep')
  const head = octet(cursor)
  const [major, info] = [head >> 5, head & 31]
  if (major === 7) return readSimple(cursor, info)
  const length = info === 31 ? undefined : readLength(cursor, info)
  if (length === undefined && (major < 2 || major === 6)) throw new Malformed('it has no length')
  switch (major) {
    case 0:
      return numberOf(length!)
    case 1:
      return numberOf(-1n - length!)
    case 2:
      return readText(cursor, length, 2).toString('base64')
    case 3:
      return readText(cursor, length, 3).toString('utf8')
    case 4:
      return readList(cursor, length, levels)
    case 5:
      return readMap(cursor, length, levels)
    default:
      return tagged(length!, readItem(cursor, levels - 1))
  }
}

function readLength(cursor: Cursor, info: number): bigint {
  if (info < 24) return BigInt(info)
  if (info > 27) throw new Malformed('its length is reserved')
  const hex = take(cursor, 1 << (info - 24)).toString('hex')
  return BigInt(`0x${hex}`)
}

/** What JSON cannot hold exactly is text. */
const numberOf = (value: bigint): Json => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value))

function readText(cursor: Cursor, length: bigint | undefined, major: number): Buffer {
  if (length !== undefined) return take(cursor, Number(length))
  const parts: Buffer[] = []
  for (;;) {
    const head = octet(cursor)
    if (head === BREAK) return Buffer.concat(parts)
    if (head >> 5 !== major || (head & 31) === 31) throw new Malformed('a chunk is of another kind')
    parts.push(take(cursor, Number(readLength(cursor, head & 31))))
  }
}

/** True while there is a further item; a count greater than the bytes that are left ends early by itself. */
function* counted(cursor: Cursor, length: bigint | undefined): Generator<void> {
  if (length !== undefined) for (let i = 0n; i < length; i++) yield
  else for (; cursor.bytes[cursor.at] !== BREAK; ) yield
  if (length === undefined) cursor.at++
}

function readList(cursor: Cursor, length: bigint | undefined, levels: number): Json {
  const items: Json[] = []
  for (const _ of counted(cursor, length)) items.push(readItem(cursor, levels - 1))
  return items
}

function readMap(cursor: Cursor, length: bigint | undefined, levels: number): Json {
  const result: Record<string, Json> = {}
  for (const _ of counted(cursor, length)) {
    const key = readItem(cursor, levels - 1)
    own(result, typeof key === 'string' ? key : JSON.stringify(key), readItem(cursor, levels - 1))
  }
  return result
}

function readSimple(cursor: Cursor, info: number): Json {
  switch (info) {
    case 20:
    case 21:
      return info === 21
    case 22:
    case 23:
      return null
    case 25:
      return finite(half(take(cursor, 2).readUInt16BE()))
    case 26:
      return finite(take(cursor, 4).readFloatBE())
    case 27:
      return finite(take(cursor, 8).readDoubleBE())
    default:
      throw new Malformed('a simple value is unknown')
  }
}

// Zero has no sign in JSON.
const finite = (value: number): Json => (Number.isFinite(value) ? value + 0 : String(value))

function half(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023]
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** Tag 2 and 3 are big integers in bytes, 4 a decimal fraction; of all others the content is the value. */
function tagged(tag: bigint, content: Json): Json {
  if ((tag === 2n || tag === 3n) && typeof content === 'string') {
    const hex = Buffer.from(content, 'base64').subarray(0, 64).toString('hex')
    const value = BigInt(`0x${hex === '' ? '0' : hex}`)
    return numberOf(tag === 2n ? value : -1n - value)
  }
  if (tag === 4n && Array.isArray(content)) return `${String(content[1])}e${String(content[0])}`
  return content
}
