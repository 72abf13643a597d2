import type { Json, JsonObject } from '../model/index.js'
import { shown } from './postgres-reader.js'

const DEEPEST = 100
const MOST_FIELDS = 50_000

/** Reads one BSON document as JSON, with Extended JSON for what JSON lacks; throws RangeError when it is malformed. */
export function readDocument(bytes: Buffer): JsonObject {
  return new DocumentReader(bytes).document(0)
}

type Read = (reader: DocumentReader, depth: number) => Json

class DocumentReader {
  readonly #bytes: Buffer
  #at = 0
  #fields = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  document(depth: number): JsonObject {
    return Object.fromEntries(this.#members(depth)) as JsonObject
  }

  list(depth: number): Json {
    return this.#members(depth).map(([, value]) => value)
  }

  take(count: number): Buffer {
    if (count < 0 || this.#at + count > this.#bytes.length) throw new RangeError('a field that is longer than its document')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  int32 = (): number => this.take(4).readInt32LE()

  name(): string {
    const end = this.#bytes.indexOf(0, this.#at)
    if (end === -1) throw new RangeError('a name without its end')
    const found = this.#bytes.toString('utf8', this.#at, end)
    this.#at = end + 1
    return found
  }

  text(): string {
    const bytes = this.take(this.int32())
    if (bytes.at(-1) !== 0) throw new RangeError('a text without its end')
    return bytes.toString('utf8', 0, bytes.length - 1)
  }

  #members(depth: number): [string, Json][] {
    if (depth > DEEPEST) throw new RangeError('documents nested too deep')
    const end = this.#at + this.int32() - 1
    if (end < this.#at || end >= this.#bytes.length) throw new RangeError('a document that is longer than its message')
    const members: [string, Json][] = []
    while (this.#at < end) {
      const read = TYPES.get(this.take(1)[0]!)
      if (read === undefined || ++this.#fields > MOST_FIELDS) throw new RangeError('a field of no known type, or too many')
      const name = this.name()
      members.push([name, read(this, depth + 1)])
    }
    if (this.#at !== end || this.take(1)[0] !== 0) throw new RangeError('a document without its end')
    return members
  }
}

const none: Read = () => null

/** By the byte that stands before a field's name. */
const TYPES = new Map<number, Read>([
  [0x01, (from) => finite(from.take(8).readDoubleLE())],
  [0x02, (from) => from.text()],
  [0x03, (from, depth) => from.document(depth)],
  [0x04, (from, depth) => from.list(depth)],
  [0x05, binary],
  [0x06, none],
  [0x07, (from) => ({ $oid: from.take(12).toString('hex') })],
  [0x08, (from) => from.take(1)[0] === 1],
  [0x09, (from) => ({ $date: whole(from.take(8).readBigInt64LE()) })],
  [0x0a, none],
  [0x0b, (from) => ({ $regularExpression: { pattern: from.name(), options: from.name() } })],
  [0x0c, (from) => ({ $dbPointer: { $ref: from.text(), $id: from.take(12).toString('hex') } })],
  [0x0d, (from) => ({ $code: from.text() })],
  [0x0e, (from) => from.text()],
  [0x0f, scopedCode],
  [0x10, (from) => from.int32()],
  [0x11, (from) => ({ $timestamp: String(from.take(8).readBigUInt64LE()) })],
  [0x12, (from) => whole(from.take(8).readBigInt64LE())],
  [0x13, (from) => ({ $numberDecimal: `0x${from.take(16).toString('hex')}` })],
  [0x7f, () => ({ $maxKey: 1 })],
  [0xff, () => ({ $minKey: 1 })],
])

function binary(from: DocumentReader): Json {
  const length = from.int32()
  from.take(1)
  return { $binary: shown(from.take(length)) }
}

function scopedCode(from: DocumentReader, depth: number): Json {
  from.int32()
  return { $code: from.text(), $scope: from.document(depth) }
}

const finite = (value: number): Json => (Number.isFinite(value) ? value : String(value))

const whole = (value: bigint): Json => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value))
