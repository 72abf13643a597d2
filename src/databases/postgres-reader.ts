import type { Json } from '../model/index.js'

/** Reads the fields of one PostgreSQL message; throws RangeError when it ends too early. */
export class MessageReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  text(): string {
    const end = this.#bytes.indexOf(0, this.#at)
    if (end === -1) throw new RangeError('a text without its end')
    const found = this.#bytes.toString('utf8', this.#at, end)
    this.#at = end + 1
    return found
  }

  sign(): string {
    return String.fromCharCode(this.take(1)[0]!)
  }

  int16(): number {
    return this.take(2).readUInt16BE()
  }

  int32(): number {
    return this.take(4).readInt32BE()
  }

  take(count: number): Buffer {
    if (count < 0 || this.#at + count > this.#bytes.length) throw new RangeError('a field that is longer than its message')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  /** A counted list; each item takes at least one byte, so the count cannot lie about more than the message holds. */
  list<T>(read: () => T): T[] {
    return Array.from({ length: this.int16() }, read)
  }
}

/** What Bind says: parameter values as they are shown, and the formats of the result. */
export function readBind(reader: MessageReader, typesOf: (statement: string) => readonly number[]) {
  const portal = reader.text()
  const statement = reader.text()
  const formats = reader.list(() => reader.int16())
  const types = typesOf(statement)
  let i = 0
  const parameters = reader.list((): Json => {
    const length = reader.int32()
    const format = formats[formats.length === 1 ? 0 : i] ?? 0
    const type = types[i++] ?? 0
    return length === -1 ? null : parameter(reader.take(length), format === 1 ? type : 25)
  })
  return { portal, statement, parameters, results: reader.list(() => reader.int16()) }
}

/** A parameter in words: numbers of known binary types, else text, else hexadecimal. */
function parameter(bytes: Buffer, type: number): Json {
  if (type === 16 && bytes.length === 1) return bytes[0] === 1
  if (type === 21 && bytes.length === 2) return bytes.readInt16BE()
  if (type === 23 && bytes.length === 4) return bytes.readInt32BE()
  if (type === 20 && bytes.length === 8) return String(bytes.readBigInt64BE())
  if (type === 700 && bytes.length === 4) return finite(bytes.readFloatBE())
  if (type === 701 && bytes.length === 8) return finite(bytes.readDoubleBE())
  return shown(bytes)
}

const finite = (value: number): Json => (Number.isFinite(value) ? value : String(value))

/** Bytes as text where they are UTF-8, else as `\x` and hexadecimal digits. */
export function shown(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  return text.includes('\ufffd') ? `\\x${bytes.toString('hex', 0, 8192)}` : text
}
