import type { Json } from '../model/index.js'
import { shown } from './postgres-reader.js'

/** A parameter's type as Execute gives it: the type, and whether it is unsigned. */
export type ParameterType = readonly [number, boolean]

/** Reads the values that Execute binds; throws RangeError when the packet ends too early. */
export class ParameterReader {
  readonly #bytes: Buffer
  #at: number

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  /** `known` are the types of an earlier Execute, for one that does not say them again. */
  read(
    count: number,
    known: readonly ParameterType[],
  ): { readonly values: readonly Json[]; readonly types: readonly ParameterType[] } {
    if (count === 0) return { values: [], types: [] }
    const nulls = this.#take((count + 7) >> 3)
    const anew = this.#take(1)[0] === 1
    const types = anew ? Array.from({ length: count }, () => this.#type()) : known
    const values = Array.from({ length: count }, (_, i) => ((nulls[i >> 3]! >> (i & 7)) & 1 ? null : this.#value(types[i])))
    return { values, types }
  }

  #type(): ParameterType {
    const [type, flags] = this.#take(2)
    return [type!, (flags! & 0x80) !== 0]
  }

  #value(type: ParameterType | undefined): Json {
    const [code, unsigned] = type ?? [253, false]
    if (code === 6) return null
    if (code === 1) return unsigned ? this.#take(1).readUInt8() : this.#take(1).readInt8()
    if (code === 2 || code === 13) return unsigned ? this.#take(2).readUInt16LE() : this.#take(2).readInt16LE()
    if (code === 3 || code === 9) return unsigned ? this.#take(4).readUInt32LE() : this.#take(4).readInt32LE()
    if (code === 8) return String(unsigned ? this.#take(8).readBigUInt64LE() : this.#take(8).readBigInt64LE())
    if (code === 4) return finite(this.#take(4).readFloatLE())
    if (code === 5) return finite(this.#take(8).readDoubleLE())
    if (code === 7 || code === 10 || code === 11 || code === 12) return this.#time()
    return shown(this.#take(this.#length()))
  }

  #time(): Json {
    const bytes = this.#take(this.#take(1)[0]!)
    if (bytes.length < 4) return ''
    const two = (at: number) => String(bytes[at] ?? 0).padStart(2, '0')
    return `${bytes.readUInt16LE()}-${two(2)}-${two(3)} ${two(4)}:${two(5)}:${two(6)}`
  }

  #length(): number {
    const [first] = this.#take(1)
    if (first === 0xfc) return this.#take(2).readUInt16LE()
    if (first === 0xfd) return this.#take(3).readUIntLE(0, 3)
    return first === 0xfe ? Number(this.#take(8).readBigUInt64LE()) : first!
  }

  #take(count: number): Buffer {
    if (count < 0 || this.#at + count > this.#bytes.length) throw new RangeError('a value that is longer than its packet')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }
}

const finite = (value: number): Json => (Number.isFinite(value) ? value : String(value))
